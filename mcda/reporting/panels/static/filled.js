/** A text of the catalogue with its fields filled in; what a field holds is never parsed. */
export const filled = (text, fields) => text.replace(/\{(\w+)\}/g, (_, name) => fields[name]);
