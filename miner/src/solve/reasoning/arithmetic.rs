//! Expressions of whole numbers.

/// The value of the expression in a text.
pub fn solve(question: &str) -> Option<f64> {
    let start = question.find(|c: char| c.is_ascii_digit() || c == '(')?;
    let expression = question[start..].trim_end_matches(['?', '.', ' ']);
    let signs: Vec<char> = expression.chars().filter(|c| *c != ' ').collect();
    let mut reader = Reader { signs, at: 0 };
    let value = reader.sum()?;
    (reader.at == reader.signs.len()).then_some(value)
}

struct Reader {
    signs: Vec<char>,
    at: usize,
}

impl Reader {
    fn next_of(&mut self, signs: &[char]) -> Option<char> {
        let sign = *self
            .signs
            .get(self.at)
            .filter(|sign| signs.contains(sign))?;
        self.at += 1;
        Some(sign)
    }

    fn sum(&mut self) -> Option<f64> {
        let mut value = self.product()?;
        while let Some(sign) = self.next_of(&['+', '-', '−']) {
            let other = self.product()?;
            value += if sign == '+' { other } else { -other };
        }
        Some(value)
    }

    fn product(&mut self) -> Option<f64> {
        let mut value = self.part()?;
        while let Some(sign) = self.next_of(&['*', '×', '/', '÷']) {
            let other = self.part()?;
            value = if matches!(sign, '*' | '×') {
                value * other
            } else {
                value / other
            };
        }
        Some(value)
    }

    fn part(&mut self) -> Option<f64> {
        if self.next_of(&['(']).is_some() {
            let value = self.sum()?;
            return self.next_of(&[')']).map(|_| value);
        }
        let mut digits = String::new();
        while let Some(digit) = self.signs.get(self.at).filter(|c| c.is_ascii_digit()) {
            digits.push(*digit);
            self.at += 1;
        }
        digits.parse().ok()
    }
}
