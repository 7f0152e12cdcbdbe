//! Pictures as SVG: a file that every browser shows, on light and dark grounds.

use std::fmt::Write as _;

use super::layout::{Graph, Layout, Spacing, lay_out};
use super::text::{fill, lines};
use super::{Edge, Picture};

/// Width of a character, and heights, in pixels at the font below.
const CHARACTER: f64 = 7.4;
const LINE: f64 = 17.0;
const PADDING: f64 = 10.0;
const MARGIN: f64 = 20.0;
/// Longest line of a node and of an edge, in characters.
const LONGEST: usize = 48;
const LONGEST_LABEL: usize = 36;

const STYLE: &str = "text{font:12px ui-monospace,monospace;fill:#222}\
    rect{fill:#f4f4f4;stroke:#777}path{fill:none;stroke:#777}polygon{fill:#777}.f{stroke-dasharray:5 4}\
    .l{font-size:11px;fill:#555}.r{stroke-dasharray:3 3}\
    @media(prefers-color-scheme:dark){svg{background:#1b1b1b}text.l{fill:#bbb}rect.p{fill:#333}text.p{fill:#ddd}}";

pub(super) fn draw(picture: &Picture) -> String {
    let labels: Vec<Vec<String>> = picture
        .nodes
        .iter()
        .map(|node| lines(node).into_iter().map(|line| cut(line, LONGEST)).collect())
        .collect();
    let widths: Vec<f64> = labels
        .iter()
        .map(|lines| {
            lines.iter().map(|line| line.chars().count()).max().unwrap_or(0) as f64 * CHARACTER + 2.0 * PADDING
        })
        .collect();
    let heights: Vec<f64> = labels.iter().map(|lines| lines.len() as f64 * LINE + PADDING).collect();
    let tallest = heights.iter().copied().fold(LINE, f64::max);
    let edges: Vec<(usize, usize)> = picture.edges.iter().map(|edge| (edge.from, edge.to)).collect();
    let layout = lay_out(
        &Graph {
            widths: &widths,
            edges: &edges,
        },
        Spacing {
            between_nodes: 30.0,
            between_layers: tallest + 50.0,
        },
    );
    let (width, height) = (layout.width + 2.0 * MARGIN, layout.height + 2.0 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"{:.0} {:.0} {width:.0} {height:.0}\" \
         role=\"img\">\n<title>{}</title>\n<style>{STYLE}</style>\n",
        -MARGIN,
        -MARGIN,
        escaped(&picture.title)
    );
    for (edge, bends) in picture.edges.iter().zip(&layout.bends) {
        way(&mut out, edge, bends, &layout, &heights);
    }
    for (n, node) in picture.nodes.iter().enumerate() {
        let (x, y) = layout.nodes[n];
        let (w, h) = (widths[n], heights[n]);
        let state = node
            .state
            .as_deref()
            .map(|state| state.split(' ').next().unwrap_or(state));
        let colour = state.and_then(fill);
        let style = colour.map_or(String::new(), |colour| format!(" style=\"fill:{colour}\""));
        let class = if colour.is_some() { "s" } else { "p" };
        let radius = if node.is_command { h / 2.0 } else { 4.0 };
        let _ = writeln!(
            out,
            "<rect class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" rx=\"{radius:.0}\"{style}/>",
            x - w / 2.0,
            y - h / 2.0
        );
        for (i, line) in labels[n].iter().enumerate() {
            let weight = if i == 0 { " font-weight=\"bold\"" } else { "" };
            let _ = writeln!(
                out,
                "<text class=\"{class}\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\"{weight}>{}</text>",
                y - h / 2.0 + PADDING / 2.0 + LINE * (i as f64 + 0.75),
                escaped(line)
            );
        }
    }
    out.push_str("</svg>\n");
    out
}

/// An edge as a soft line with its arrow head and label.
fn way(out: &mut String, edge: &Edge, bends: &[(f64, f64)], layout: &Layout, heights: &[f64]) {
    let (from, to) = (layout.nodes[edge.from], layout.nodes[edge.to]);
    let class = if edge.failure { " class=\"f\"" } else { "" };
    if edge.from == edge.to {
        let (x, y, h) = (from.0, from.1, heights[edge.from] / 2.0);
        let _ = writeln!(
            out,
            "<path{class} d=\"M{x:.1},{:.1} c60,30 60,{:.1} 0,{:.1}\"/>",
            y + h,
            -2.0 * h - 30.0,
            -2.0 * h
        );
        return;
    }
    let down = to.1 >= from.1;
    let sign = if down { 1.0 } else { -1.0 };
    let begin = (from.0, from.1 + sign * heights[edge.from] / 2.0);
    let end = (to.0, to.1 - sign * heights[edge.to] / 2.0);
    let tip = (end.0, end.1 - sign * 7.0);
    let mut path = format!("M{:.1},{:.1}", begin.0, begin.1);
    let mut last = begin;
    for point in bends.iter().copied().chain([tip]) {
        let middle = (last.1 + point.1) / 2.0;
        let _ = write!(
            path,
            " C{:.1},{middle:.1} {:.1},{middle:.1} {:.1},{:.1}",
            last.0, point.0, point.0, point.1
        );
        last = point;
    }
    let _ = writeln!(out, "<path{class} d=\"{path}\"/>");
    let _ = writeln!(
        out,
        "<polygon points=\"{:.1},{:.1} {:.1},{:.1} {:.1},{:.1}\"/>",
        end.0,
        end.1,
        end.0 - 4.0,
        tip.1,
        end.0 + 4.0,
        tip.1
    );
    if !edge.label.is_empty() {
        let second = bends.first().copied().unwrap_or(tip);
        let (x, y) = ((begin.0 + second.0) / 2.0, (begin.1 + second.1) / 2.0 + 4.0);
        let _ = writeln!(
            out,
            "<text class=\"l\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\">{}<title>{}</title></text>",
            escaped(&cut(&edge.label, LONGEST_LABEL)),
            escaped(&edge.label)
        );
    }
}

fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// Text for XML 1.0, which cannot hold most control characters at all.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Node;
    use super::*;

    #[test]
    fn a_picture() {
        let node = |name: &str, state: Option<&str>| Node {
            name: name.to_owned(),
            label: format!("{name}\nstd.noop"),
            is_command: false,
            state: state.map(str::to_owned),
        };
        let picture = Picture {
            title: "a & b".to_owned(),
            nodes: vec![node("a<b>", Some("ERROR (2 runs)")), node("c\u{1}", None)],
            edges: vec![
                Edge {
                    from: 0,
                    to: 1,
                    label: "<% $.x %>".to_owned(),
                    failure: true,
                },
                Edge {
                    from: 1,
                    to: 1,
                    label: String::new(),
                    failure: false,
                },
            ],
        };
        let svg = draw(&picture);
        for part in [
            "<title>a &amp; b</title>",
            "a&lt;b&gt;",
            "fill:#f2a3a0",
            "&lt;% $.x %&gt;",
            "class=\"f\"",
            "ERROR (2 runs)",
        ] {
            assert!(svg.contains(part), "{part} in {svg}");
        }
        assert!(!svg.contains('\u{1}'));
        assert!(draw(&Picture::default()).contains("<svg"));
    }
}
