//! Undo and redo: whole documents, kept before each change.

use super::state::Document;
use std::sync::Arc;

/// Steps kept; documents are small.
const MAX_STEPS: usize = 200;

#[derive(Debug, Clone, Default)]
pub struct History {
    past: Vec<Step>,
    future: Vec<Step>,
    /// The gesture that the newest step began; edits of one gesture are one step.
    gesture: Option<String>,
}

#[derive(Debug, Clone)]
struct Step {
    document: Arc<Document>,
    /// What the change did, for "Undo: removed A/B test".
    label: String,
}

impl History {
    /// Keeps `before` as it was before a change. Changes that name the same gesture one after
    /// another (dragging a slider) are undone together.
    pub fn keep(&mut self, before: Document, label: &str, gesture: Option<String>) {
        let continues = gesture.is_some() && gesture == self.gesture;
        self.gesture = gesture;
        self.future.clear();
        if continues {
            return;
        }
        self.past.push(Step { document: Arc::new(before), label: label.into() });
        if self.past.len() > MAX_STEPS {
            self.past.remove(0);
        }
    }

    /// The next change is a step of its own.
    pub fn end_gesture(&mut self) {
        self.gesture = None;
    }

    /// The document before the last change; `now` is kept for redo.
    pub fn undo(&mut self, now: &Document) -> Option<(Document, String)> {
        let step = self.past.pop()?;
        self.gesture = None;
        self.future.push(Step { document: Arc::new(now.clone()), label: step.label.clone() });
        Some(((*step.document).clone(), step.label))
    }

    pub fn redo(&mut self, now: &Document) -> Option<(Document, String)> {
        let step = self.future.pop()?;
        self.gesture = None;
        self.past.push(Step { document: Arc::new(now.clone()), label: step.label.clone() });
        Some(((*step.document).clone(), step.label))
    }

    pub fn undo_label(&self) -> Option<&str> {
        self.past.last().map(|step| step.label.as_str())
    }

    pub fn redo_label(&self) -> Option<&str> {
        self.future.last().map(|step| step.label.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(next_id: u32) -> Document {
        Document { next_id, ..Document::default() }
    }

    #[test]
    fn undo_and_redo_walk_the_same_steps() {
        let mut history = History::default();
        history.keep(document(1), "first", None);
        history.keep(document(2), "second", None);
        let now = document(3);
        let (back, label) = history.undo(&now).unwrap();
        assert_eq!((back.next_id, label.as_str()), (2, "second"));
        let (forward, _) = history.redo(&back).unwrap();
        assert_eq!(forward.next_id, 3);
    }

    #[test]
    fn one_gesture_is_one_step() {
        let mut history = History::default();
        history.keep(document(1), "seed", Some("seed".into()));
        history.keep(document(2), "seed", Some("seed".into()));
        assert_eq!(history.undo(&document(3)).unwrap().0.next_id, 1);
        assert!(history.undo(&document(1)).is_none());
    }

    #[test]
    fn a_new_change_drops_the_redo_steps() {
        let mut history = History::default();
        history.keep(document(1), "first", None);
        history.undo(&document(2)).unwrap();
        history.keep(document(1), "other", None);
        assert!(history.redo_label().is_none());
    }
}
