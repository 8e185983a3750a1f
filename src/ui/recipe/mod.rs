//! Recipes as the page knows them: what a step is called and asks for ([`steps`], of [`parts`]), how it reads
//! ([`sentence`]), what the engine said about it ([`told`]), and what the user does to it ([`edit`]). All of it
//! is plain and knows no browser; the panel is in `forms/recipe`.

pub mod edit;
pub mod parts;
pub mod sentence;
pub mod steps;
#[cfg(test)]
mod tests;
pub mod told;

pub use sentence::sentence;
