//! All stages behind one another: a message in, a report out.

use std::sync::OnceLock;

use crate::classify::model::Model;
use crate::classify::{Classifier, Decision};
use crate::engine::Engine;
use crate::message::Message;
use crate::report::Report;

/// Reads messages and reports on them; shared by all threads.
#[derive(Debug)]
pub struct Analyst {
    engine: &'static Engine,
    model: &'static Model,
}

impl Analyst {
    /// With the rules and the model that are compiled in.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static ANALYST: OnceLock<Analyst> = OnceLock::new();
        ANALYST.get_or_init(|| Self {
            engine: Engine::built_in(),
            model: Model::built_in(),
        })
    }

    /// With other rules or another model.
    #[must_use]
    pub fn new(engine: &'static Engine, model: &'static Model) -> Self {
        Self { engine, model }
    }

    /// The stages up to `scan`.
    #[must_use]
    pub fn engine(&self) -> &'static Engine {
        self.engine
    }

    /// The model.
    #[must_use]
    pub fn model(&self) -> &'static Model {
        self.model
    }

    /// Reports on one message. Never fails: what cannot be told is `needs_review`.
    ///
    /// ```
    /// use cuijian::{Analyst, Message, Verdict};
    /// let message = Message::new("1", "再不还钱就爆你通讯录，让你全家都知道");
    /// let report = Analyst::built_in().report(&message);
    /// assert_eq!(report.verdict, Verdict::Aggressive);
    /// assert_eq!(report.findings[0].text, "爆你通讯录");
    /// ```
    #[must_use]
    pub fn report(&self, message: &Message) -> Report {
        let reading = self.engine.read(message);
        let decision = Classifier::new(self.model).decide(&reading, self.engine);
        Report::new(message, &reading, &decision, self)
    }

    /// The decision alone, without the record around it.
    #[must_use]
    pub fn decide(&self, message: &Message) -> Decision {
        Classifier::new(self.model).decide(&self.engine.read(message), self.engine)
    }
}
