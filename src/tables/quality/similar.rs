//! How alike two texts are: spellings, typing errors, initials.

/// Two texts with the same key are spelled alike but for case, blanks, punctuation and diacritics. Signs that tell
/// things apart, such as those of "A+" and "C#", stay; between digits all signs do.
pub(super) fn key(text: &str) -> String {
    let mut key = String::new();
    let mut chars = text.trim().chars().peekable();
    let mut last = ' ';
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        if c.is_alphanumeric() {
            c.to_lowercase().for_each(|c| fold(c, &mut key));
        } else {
            let is_in_number = last.is_ascii_digit() && next.is_ascii_digit();
            let is_at_edge = last == ' ' || next == ' ';
            let is_sign = "+#*%<>=$!?@&~^|".contains(c) || (c == '-' && is_at_edge && last != ' ');
            let is_minus = c == '-' && last == ' ' && next.is_ascii_digit();
            if !c.is_whitespace() && (is_in_number || is_sign || is_minus) {
                key.push(c);
            } else if c.is_whitespace() && is_in_number {
                key.push(' ');
            }
        }
        last = c;
    }
    key
}

/// As [`key`], with the words apart.
pub(super) fn words(text: &str) -> Vec<String> {
    let apart = |c: char| c.is_whitespace() || matches!(c, '-' | '_' | '/' | ',' | '(' | ')');
    let words = text.split(apart).map(|word| {
        let mut folded = String::new();
        word.chars().filter(|c| c.is_alphanumeric()).for_each(|c| {
            c.to_lowercase().for_each(|c| fold(c, &mut folded));
        });
        folded
    });
    words.filter(|word| !word.is_empty()).collect()
}

/// A letter without its diacritic.
fn fold(c: char, out: &mut String) {
    const FOLDED: [(&str, &str); 19] = [
        ("\u{e0}\u{e1}\u{e2}\u{e3}\u{e4}\u{e5}\u{101}\u{103}\u{105}", "a"),
        ("\u{e7}\u{107}\u{10d}", "c"),
        ("\u{10f}\u{111}", "d"),
        ("\u{e8}\u{e9}\u{ea}\u{eb}\u{113}\u{117}\u{119}\u{11b}", "e"),
        ("\u{11f}", "g"),
        ("\u{ec}\u{ed}\u{ee}\u{ef}\u{12b}\u{131}", "i"),
        ("\u{142}", "l"),
        ("\u{f1}\u{144}\u{148}", "n"),
        ("\u{f2}\u{f3}\u{f4}\u{f5}\u{f6}\u{f8}\u{151}", "o"),
        ("\u{159}", "r"),
        ("\u{15b}\u{15f}\u{161}\u{219}", "s"),
        ("\u{163}\u{165}\u{21b}", "t"),
        ("\u{f9}\u{fa}\u{fb}\u{fc}\u{16b}\u{16f}\u{171}", "u"),
        ("\u{fd}\u{ff}", "y"),
        ("\u{17a}\u{17c}\u{17e}", "z"),
        ("\u{e6}", "ae"),
        ("\u{153}", "oe"),
        ("\u{df}", "ss"),
        // Combining marks.
        ("\u{300}\u{301}\u{302}\u{303}\u{307}\u{308}\u{30a}\u{30c}\u{327}\u{328}", ""),
    ];
    match FOLDED.iter().find(|(letters, _)| letters.contains(c)) {
        Some((_, plain)) => out.push_str(plain),
        None => out.push(c),
    }
}

/// Whether one may be a typing error for the other: words of letters that begin alike and differ in one letter, or,
/// where both are long, in two. Two letters that changed places are one.
pub(super) fn is_typo(a: &str, b: &str) -> bool {
    let letters = |text: &str| text.chars().collect::<Vec<char>>();
    let (a, b) = (letters(a), letters(b));
    let shorter = a.len().min(b.len());
    if shorter < 5 || a.len().abs_diff(b.len()) > 2 || a.first() != b.first() {
        return false;
    }
    if a.iter().chain(&b).any(|c| !c.is_alphabetic()) {
        return false;
    }
    distance(&a, &b) <= if shorter >= 9 { 2 } else { 1 }
}

/// Edits of one letter, or of two neighbours that changed places, from one to the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut now = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut best =
                (at(&last, j) + usize::from(x != y)).min(at(&last, j + 1) + 1).min(at(&now, j) + 1);
            let is_swap = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if is_swap {
                best = best.min(at(&before, j - 1) + 1);
            }
            now.push(best);
        }
        before = std::mem::replace(&mut last, now);
    }
    last.last().copied().unwrap_or_default()
}

/// Whether `short`, written in capitals, is the initials of the words of `long`.
pub(super) fn is_initials(short: &str, long: &str) -> bool {
    let letters: String = short.chars().filter(|c| c.is_alphanumeric()).collect();
    let is_capitals = letters.chars().count() >= 2 && letters.chars().all(char::is_uppercase);
    let words = words(long);
    if !is_capitals || words.len() < 2 {
        return false;
    }
    let letters = letters.to_lowercase();
    let initials = |skips: bool| -> String {
        let is_small = |word: &&String| skips && matches!(word.as_str(), "of" | "the" | "and" | "for" | "de");
        words.iter().filter(|word| !is_small(word)).filter_map(|word| word.chars().next()).collect()
    };
    letters == initials(false) || letters == initials(true)
}
