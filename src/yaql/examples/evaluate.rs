//! Evaluates an expression over a JSON document: `evaluate '$.a + 1' '{"a": 1}'`.

use mistral_expr::{Data, NoHost, Options, Scope};
use yaql::Expression;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let text = arguments.next().ok_or("an expression is missing")?;
    let document = arguments.next().unwrap_or_else(|| "null".to_owned());
    let data = pyvalue::json::parse(document.as_bytes())?;
    let options = Options::default();
    let scope = Scope {
        data: Data::Value(&data),
        host: &NoHost,
        options: &options,
    };
    let value = Expression::parse(&text, &options)?.evaluate(&scope)?;
    println!("{}", pyvalue::json::to_string(&value));
    Ok(())
}
