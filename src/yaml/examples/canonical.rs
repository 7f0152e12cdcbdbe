//! Reads a document from standard input and prints it as PyYAML's safe dumper would; an error shows the place.

use std::io::Read;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    print!("{}", pyyaml::parse(&text)?.dump(true));
    Ok(())
}
