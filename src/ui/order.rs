//! The order of a list, as places in it. One sort for every kind of list: the standard library's is made anew
//! for each.

/// The places `0..n` in the order that `is_before` says; equals stay as they were. By insertion: the lists
/// of a page have at most a few hundred items.
pub fn order(n: usize, is_before: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut places: Vec<usize> = Vec::with_capacity(n);
    for new in 0..n {
        let at = places.iter().rposition(|old| !is_before(new, *old)).map_or(0, |place| place + 1);
        places.insert(at, new);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn equals_keep_their_order() {
        let values = [2.0, 3.0, 1.0, 3.0, 2.0];
        assert_eq!(order(5, &|a, b| values[a] > values[b]), [1, 3, 0, 4, 2]);
        assert!(order(0, &|_, _| false).is_empty());
    }
}
