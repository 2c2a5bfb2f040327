// How a panel speaks: the texts of the catalogue that it was handed, nouns in the form that a number asks for, and
// numbers, which digits.js writes as files have them, in the signs of the language.

export class Speech {
  constructor({ language, signs, texts }) {
    this.language = language;
    this.texts = texts;
    this.signs = { ".": signs.point, ",": signs.group, "%": signs.percent };
    this.rules = new Intl.PluralRules(language);
  }

  /** The text of a key, "section.name", with its fields filled in. */
  told(key, fields = {}) {
    const [section, name] = key.split(".");
    return filled(this.texts[section][name], fields);
  }

  /** A number with its noun. */
  counted(number, noun) {
    const forms = this.texts.plural[noun];
    return `${this.fixed(number, 0, { grouped: true })} ${forms[this.rules.select(number)] ?? forms.other}`;
  }

  listed(names) {
    const [and, comma] = [this.told("join.and"), this.told("join.comma")];
    return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(comma)}${and}${names.at(-1)}`;
  }

  /** A number of plain text in the signs of the language. */
  signed(text) {
    return `${text}`.replace(/[.,%]/g, (sign) => this.signs[sign]);
  }

  fixed(...given) {
    return this.signed(fixed(...given));
  }

  digits(...given) {
    return this.signed(digits(...given));
  }

  percent(share) {
    return this.signed(percent(share));
  }

  percents(shares) {
    return percents(shares).map((text) => this.signed(text));
  }

  inPoints(share) {
    return this.signed(inPoints(share));
  }

  allInPoints(shares) {
    return allInPoints(shares).map((text) => this.signed(text));
  }
}
