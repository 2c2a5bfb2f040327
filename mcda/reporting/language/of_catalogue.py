"""What the catalogue gives to every sentence, under one name with the sentences about results."""

from mcda.sentences.catalogue import columns as columns
from mcda.sentences.catalogue import counted as counted
from mcda.sentences.catalogue import first_of as first_of
from mcda.sentences.catalogue import glossary as glossary
from mcda.sentences.catalogue import holder_name as holder_name
from mcda.sentences.catalogue import joined as joined
from mcda.sentences.catalogue import language as language
from mcda.sentences.catalogue import listed as listed
from mcda.sentences.catalogue import method_asked as method_asked
from mcda.sentences.catalogue import method_name as method_name
from mcda.sentences.catalogue import recorded as recorded
from mcda.sentences.catalogue import spoken as spoken
from mcda.sentences.catalogue import stated_by as stated_by
from mcda.sentences.catalogue import told as told
