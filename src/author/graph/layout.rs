//! Where nodes lie: in layers from top to bottom, by the longest way to each; within a layer near those they hang together with.

use std::collections::VecDeque;

/// Rounds of ordering: more change little.
const ROUNDS: usize = 4;
/// Places in layers that long edges may take; beyond, they are drawn straight.
const MOST_BENDS: usize = 20_000;

/// A graph: edges by the positions of nodes, which have widths.
pub(super) struct Graph<'a> {
    pub widths: &'a [f64],
    pub edges: &'a [(usize, usize)],
}

/// The distances to be kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spacing {
    pub between_nodes: f64,
    /// From one layer's middle to the next one's.
    pub between_layers: f64,
}

/// Where everything lies.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// Middle of each node.
    pub nodes: Vec<(f64, f64)>,
    /// The points that each edge goes through between its ends.
    pub bends: Vec<Vec<(f64, f64)>>,
    pub width: f64,
    pub height: f64,
}

/// A place in a layer: a node, or where an edge passes.
struct Place {
    width: f64,
    layer: usize,
    /// Places of the layers above and below that it hangs together with.
    above: Vec<usize>,
    below: Vec<usize>,
}

pub(super) fn lay_out(graph: &Graph<'_>, spacing: Spacing) -> Layout {
    let count = graph.widths.len();
    let layers = layers(count, graph.edges);
    let mut places: Vec<Place> = (0..count)
        .map(|n| Place {
            width: graph.widths[n],
            layer: layers[n],
            above: Vec::new(),
            below: Vec::new(),
        })
        .collect();
    let chains = chains(graph.edges, &layers, &mut places);
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); layers.iter().max().map_or(0, |last| last + 1)];
    for (n, place) in places.iter().enumerate() {
        rows[place.layer].push(n);
    }
    order(&mut rows, &places);
    let xs = columns(&rows, &places, spacing.between_nodes);
    let at = |n: usize| (xs[n], (places[n].layer as f64 + 0.5) * spacing.between_layers);
    let right = |n: usize| xs[n] + places[n].width / 2.0;
    Layout {
        nodes: (0..count).map(at).collect(),
        bends: chains
            .into_iter()
            .map(|chain| chain.into_iter().map(at).collect())
            .collect(),
        width: (0..places.len()).map(right).fold(0.0, f64::max),
        height: rows.len() as f64 * spacing.between_layers,
    }
}

/// The layer of each node. Edges that close a circle do not count.
fn layers(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (from, to) in edges.iter().filter(|(from, to)| from != to) {
        next[*from].push(*to);
    }
    // Depth first without recursion: what leads back to an open node closes a circle.
    let mut state = vec![0_u8; count];
    let mut kept: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut inbound = vec![0_usize; count];
    let has_way_in: Vec<bool> = {
        let mut found = vec![false; count];
        edges
            .iter()
            .filter(|(from, to)| from != to)
            .for_each(|(_, to)| found[*to] = true);
        found
    };
    let roots = (0..count).filter(|n| !has_way_in[*n]).chain(0..count);
    for root in roots {
        if state[root] != 0 {
            continue;
        }
        let mut stack = vec![(root, 0)];
        state[root] = 1;
        while let Some((node, at)) = stack.pop() {
            let Some(to) = next[node].get(at).copied() else {
                state[node] = 2;
                continue;
            };
            stack.push((node, at + 1));
            if state[to] == 1 {
                continue;
            }
            kept[node].push(to);
            inbound[to] += 1;
            if state[to] == 0 {
                state[to] = 1;
                stack.push((to, 0));
            }
        }
    }
    let mut layer = vec![0; count];
    let mut ready: VecDeque<usize> = (0..count).filter(|n| inbound[*n] == 0).collect();
    while let Some(node) = ready.pop_front() {
        for to in &kept[node] {
            layer[*to] = layer[*to].max(layer[node] + 1);
            inbound[*to] -= 1;
            if inbound[*to] == 0 {
                ready.push_back(*to);
            }
        }
    }
    layer
}

/// Gives edges over several layers a place in each of those between; these places by edge, from its beginning to its end.
fn chains(edges: &[(usize, usize)], layers: &[usize], places: &mut Vec<Place>) -> Vec<Vec<usize>> {
    let mut left = MOST_BENDS;
    let mut chains = Vec::with_capacity(edges.len());
    for &(from, to) in edges {
        let back = layers[from] > layers[to];
        let (upper, lower) = if back { (to, from) } else { (from, to) };
        let between = layers[lower].saturating_sub(layers[upper] + 1);
        if between > left || layers[lower] == layers[upper] {
            chains.push(Vec::new());
            continue;
        }
        left -= between;
        let mut chain = Vec::with_capacity(between);
        let mut last = upper;
        for step in 0..between {
            let place = places.len();
            places.push(Place {
                width: 1.0,
                layer: layers[upper] + 1 + step,
                above: vec![last],
                below: Vec::new(),
            });
            places[last].below.push(place);
            chain.push(place);
            last = place;
        }
        places[last].below.push(lower);
        places[lower].above.push(last);
        if back {
            chain.reverse();
        }
        chains.push(chain);
    }
    chains
}

/// Orders each layer by where its neighbours are, down and up again.
fn order(rows: &mut [Vec<usize>], places: &[Place]) {
    let mut rank = vec![0.0_f64; places.len()];
    let note = |row: &[usize], rank: &mut Vec<f64>| {
        let middle = row.len() as f64 / 2.0;
        row.iter()
            .enumerate()
            .for_each(|(n, place)| rank[*place] = n as f64 - middle);
    };
    rows.iter().for_each(|row| note(row, &mut rank));
    for round in 0..ROUNDS {
        let downwards = round % 2 == 0;
        let sequence: Vec<usize> = match downwards {
            true => (0..rows.len()).collect(),
            false => (0..rows.len()).rev().collect(),
        };
        for layer in sequence {
            let wish = |place: &usize| {
                let near = if downwards {
                    &places[*place].above
                } else {
                    &places[*place].below
                };
                match near.is_empty() {
                    true => rank[*place],
                    false => near.iter().map(|n| rank[*n]).sum::<f64>() / near.len() as f64,
                }
            };
            let mut wishes: Vec<(f64, usize)> = rows[layer].iter().map(|place| (wish(place), *place)).collect();
            wishes.sort_by(|a, b| a.0.total_cmp(&b.0));
            rows[layer] = wishes.into_iter().map(|(_, place)| place).collect();
            note(&rows[layer], &mut rank);
        }
    }
}

/// The middle of each place: as near to its neighbours above as the order allows, beginning at 0.
fn columns(rows: &[Vec<usize>], places: &[Place], gap: f64) -> Vec<f64> {
    let mut xs = vec![0.0_f64; places.len()];
    for row in rows {
        let mut edge = f64::NEG_INFINITY;
        let mut shift = 0.0;
        let mut wished = 0;
        for place in row {
            let above = &places[*place].above;
            let half = places[*place].width / 2.0;
            let wish = match above.is_empty() {
                true if edge.is_finite() => edge + half,
                true => half,
                false => above.iter().map(|n| xs[*n]).sum::<f64>() / above.len() as f64,
            };
            xs[*place] = wish.max(edge + half);
            shift += wish - xs[*place];
            wished += 1;
            edge = xs[*place] + half + gap;
        }
        // What was pushed to the right is shared out, so that a fan stays below its task.
        let shift = shift / f64::from(wished.max(1));
        row.iter().for_each(|place| xs[*place] += shift);
    }
    let left = (0..places.len())
        .map(|n| xs[n] - places[n].width / 2.0)
        .fold(f64::INFINITY, f64::min);
    xs.iter_mut()
        .for_each(|x| *x -= if left.is_finite() { left } else { 0.0 });
    xs
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPACING: Spacing = Spacing {
        between_nodes: 10.0,
        between_layers: 100.0,
    };

    fn laid(widths: &[f64], edges: &[(usize, usize)]) -> Layout {
        lay_out(&Graph { widths, edges }, SPACING)
    }

    #[test]
    fn layers_follow_the_longest_way() {
        let found = laid(&[40.0; 4], &[(0, 1), (1, 2), (0, 2), (2, 0), (3, 3)]);
        let layers: Vec<f64> = found.nodes.iter().map(|node| node.1).collect();
        assert_eq!(layers, [50.0, 150.0, 250.0, 50.0]);
        assert_eq!(found.bends.iter().map(Vec::len).collect::<Vec<_>>(), [0, 0, 1, 1, 0]);
        assert!(laid(&[], &[]).nodes.is_empty());
    }

    /// No two nodes of a layer lie over each other, whatever the graph.
    #[test]
    fn nothing_overlaps() {
        let mut seed = 7_u64;
        let mut random = |below: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        for _ in 0..50 {
            let count = 1 + random(30);
            let widths: Vec<f64> = (0..count).map(|_| 20.0 + random(100) as f64).collect();
            let edges: Vec<(usize, usize)> = (0..random(60)).map(|_| (random(count), random(count))).collect();
            let found = laid(&widths, &edges);
            for a in 0..count {
                assert!(
                    found.nodes[a].0 - widths[a] / 2.0 >= -0.01
                        && found.nodes[a].0 + widths[a] / 2.0 <= found.width + 0.01
                );
                for b in 0..a {
                    let apart = (found.nodes[a].0 - found.nodes[b].0).abs();
                    let same_layer = found.nodes[a].1 == found.nodes[b].1;
                    assert!(
                        !same_layer || apart >= (widths[a] + widths[b]) / 2.0,
                        "{a} and {b} of {edges:?}"
                    );
                }
            }
        }
    }
}
