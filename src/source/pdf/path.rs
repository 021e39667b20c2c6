//! Paths as lines and boxes, and the matrices that place them (ISO 32000-1 §8.3, §8.5).

use super::content::Operand;

/// `[a, b, c, d, e, f]` of ISO 32000-1 §8.3.3.
pub(super) type Matrix = [f32; 6];

pub(super) const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
/// Lines and boxes of one path that are kept.
const MOST: usize = 40_000;

#[derive(Debug, Default)]
pub(super) struct Path {
    pub(super) lines: Vec<[f32; 4]>,
    pub(super) boxes: Vec<[f32; 4]>,
    start: (f32, f32),
    at: (f32, f32),
    pub(super) has_curves: bool,
}

impl Path {
    pub(super) fn take(&mut self, operator: &[u8], operands: &[Operand], ctm: Matrix) {
        if self.lines.len() + self.boxes.len() > MOST {
            return;
        }
        let n = |i: usize| operands.get(i).and_then(Operand::number).unwrap_or(0.0);
        let to = |x: f32, y: f32| {
            (
                ctm[4] + x * ctm[0] + y * ctm[2],
                ctm[5] + x * ctm[1] + y * ctm[3],
            )
        };
        match operator {
            b"m" => {
                self.at = to(n(0), n(1));
                self.start = self.at;
            }
            b"l" => {
                let end = to(n(0), n(1));
                self.lines.push([self.at.0, self.at.1, end.0, end.1]);
                self.at = end;
            }
            b"h" => {
                self.lines
                    .push([self.at.0, self.at.1, self.start.0, self.start.1]);
                self.at = self.start;
            }
            b"re" => {
                let ((x0, y0), (x1, y1)) = (to(n(0), n(1)), to(n(0) + n(2), n(1) + n(3)));
                self.boxes.push([x0, y0, x1, y1]);
                self.at = (x0, y0);
                self.start = self.at;
            }
            _ => {
                self.has_curves = true;
                let last = operands.len().saturating_sub(2);
                self.at = to(n(last), n(last + 1));
            }
        }
    }

    /// The box round the lines, if they go round one.
    pub(super) fn outline(&self) -> Option<[f32; 4]> {
        if self.lines.len() < 3 || self.lines.len() > 5 || self.has_curves {
            return None;
        }
        let is_straight = |l: &[f32; 4]| (l[0] - l[2]).abs() < 0.1 || (l[1] - l[3]).abs() < 0.1;
        if !self.lines.iter().all(is_straight) {
            return None;
        }
        let first = self.lines[0];
        Some(
            self.lines
                .iter()
                .fold([first[0], first[1], first[0], first[1]], |b, l| {
                    [
                        b[0].min(l[0]).min(l[2]),
                        b[1].min(l[1]).min(l[3]),
                        b[2].max(l[0]).max(l[2]),
                        b[3].max(l[1]).max(l[3]),
                    ]
                }),
        )
    }
}

pub(super) fn matrix(operands: &[Operand]) -> Option<Matrix> {
    let mut matrix = IDENTITY;
    for (i, slot) in matrix.iter_mut().enumerate() {
        *slot = operands.get(i)?.number()?;
    }
    Some(matrix)
}

/// The matrix that does `a` first and `b` after it.
pub(super) fn product(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}
