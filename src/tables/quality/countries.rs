//! Names, codes and abbreviations of countries that files mix.

/// One country a line: its spellings in lower case, without dots.
const COUNTRIES: &str = "\
united states|united states of america|the united states|usa|us|america|u s a|u s|estados unidos
united kingdom|the united kingdom|uk|u k|great britain|britain|gb|gbr|england
germany|deutschland|de|deu|ger
france|fr|fra
spain|espana|es|esp
italy|italia|it|ita
portugal|pt|prt
netherlands|the netherlands|holland|nl|nld
belgium|be|bel
austria|at|aut
switzerland|ch|che|sui
poland|pl|pol
czech republic|czechia|cz|cze
sweden|se|swe
norway|no|nor
denmark|dk|dnk
finland|fi|fin
ireland|ie|irl
greece|gr|grc
turkey|turkiye|tr|tur
russia|russian federation|ru|rus
ukraine|ua|ukr
india|in|ind|bharat
china|cn|chn|peoples republic of china|prc
japan|jp|jpn
south korea|korea|republic of korea|korea republic of|kr|kor
taiwan|tw|twn
hong kong|hk|hkg
singapore|sg|sgp
indonesia|id|idn
malaysia|my|mys
philippines|the philippines|ph|phl
thailand|th|tha
vietnam|viet nam|vn|vnm
australia|au|aus
new zealand|nz|nzl
canada|ca|can
mexico|mx|mex
brazil|brasil|br|bra
argentina|ar|arg
chile|cl|chl
colombia|co|col
peru|pe|per
south africa|za|zaf|rsa
nigeria|ng|nga
egypt|eg|egy
kenya|ke|ken
israel|il|isr
saudi arabia|sa|sau|ksa
united arab emirates|uae|ae|are|the united arab emirates
iran|ir|irn|islamic republic of iran
pakistan|pk|pak
bangladesh|bd|bgd
slovakia|sk|svk|slovak republic
slovenia|si|svn
romania|ro|rou
hungary|hu|hun
niger|ne|ner
iceland|is|isl
mali|ml|mli
malawi|mw|mwi
guinea|gn|gin
guyana|gy|guy";

/// The country of a spelling in lower case, as a number.
pub(super) fn country(text: &str) -> Option<usize> {
    COUNTRIES.lines().position(|line| line.split('|').any(|name| name == text))
}
