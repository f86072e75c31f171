//! Folding character by character, by a table over the Basic Multilingual Plane.

use std::sync::OnceLock;

use super::Folded;

/// The Kangxi radicals U+2F00 to U+2FD5 as the characters they look like (Unicode chart U2F00).
const RADICALS: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";
/// Simplifications that fast2s leaves alone, and forms that mean the same in messages.
const EXTRA: &[(char, char)] = &[
    ('著', '着'),
    ('妳', '你'),
    ('￥', '¥'),
    ('佔', '占'),
    ('週', '周'),
    ('徵', '征'),
    ('餘', '余'),
    ('揹', '背'),
    ('衹', '只'),
    ('﹐', ','),
    ('﹑', '、'),
    ('﹒', '.'),
    ('﹔', ';'),
    ('﹕', ':'),
    ('﹗', '!'),
];
/// Invisible characters outside the ranges below.
const INVISIBLE: &[u32] = &[
    0x00ad, 0x034f, 0x061c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180e, 0x3164, 0xfeff, 0xffa0,
];
/// Runs of decorated letters and digits: first code point, what it stands for, how many.
const RUNS: &[(u32, char, u32)] = &[
    (0x2460, '1', 9),
    (0x2776, '1', 9),
    (0x2780, '1', 9),
    (0x278a, '1', 9),
    (0x24f5, '1', 9),
    (0x2474, '1', 9),
    (0x2488, '1', 9),
    (0x2160, '1', 9),
    (0x2170, '1', 9),
    (0x2080, '0', 10),
    (0x24b6, 'a', 26),
    (0x24d0, 'a', 26),
    (0x249c, 'a', 26),
];
/// Superscript and circled digits that stand alone in Unicode.
const DIGITS: &[(u32, char)] = &[
    (0x2070, '0'),
    (0x00b9, '1'),
    (0x00b2, '2'),
    (0x00b3, '3'),
    (0x2074, '4'),
    (0x2075, '5'),
    (0x2076, '6'),
    (0x2077, '7'),
    (0x2078, '8'),
    (0x2079, '9'),
    (0x24ea, '0'),
    (0x24ff, '0'),
];
/// In the table: this character stands for nothing.
const DROP: u32 = u32::MAX;

/// What each character of the Basic Multilingual Plane folds to.
#[derive(Debug)]
pub(super) struct Table {
    of: Vec<u32>,
}

impl Table {
    pub(super) fn shared() -> &'static Self {
        static TABLE: OnceLock<Table> = OnceLock::new();
        TABLE.get_or_init(Self::new)
    }

    fn new() -> Self {
        let mut of: Vec<u32> = (0..0x1_0000).collect();
        let mut set = |from: u32, to: u32| of[from as usize] = to;
        for c in 0x00..0x20 {
            match c {
                0x0a => {}
                0x09 => set(c, u32::from(' ')),
                _ => set(c, DROP),
            }
        }
        for c in b'A'..=b'Z' {
            set(u32::from(c), u32::from(c) + 32);
        }
        for c in 0x7f..0xa0 {
            set(c, DROP);
        }
        for c in [0xa0, 0x3000, 0x202f, 0x205f, 0x1680]
            .into_iter()
            .chain(0x2000..=0x200a)
        {
            set(c, u32::from(' '));
        }
        let ranges = [
            0x0300..=0x036f,
            0x200b..=0x200f,
            0x202a..=0x202e,
            0x2060..=0x206f,
            0x20d0..=0x20ff,
            0xfe00..=0xfe0f,
            0xfe20..=0xfe2f,
        ];
        for c in INVISIBLE.iter().copied().chain(ranges.into_iter().flatten()) {
            set(c, DROP);
        }
        for c in 0xff01..=0xff5e_u32 {
            let half = c - 0xff01 + 0x21;
            set(c, if (0x41..=0x5a).contains(&half) { half + 32 } else { half });
        }
        for &(from, first, count) in RUNS {
            for i in 0..count {
                set(from + i, u32::from(first) + i);
            }
        }
        for &(from, digit) in DIGITS {
            set(from, u32::from(digit));
        }
        for (code, c) in (0x2f00..).zip(RADICALS.chars()) {
            set(code, simplified(c));
        }
        for (i, c) in (0..).zip("一二三四五六七八九十".chars()) {
            set(0x3220 + i, u32::from(c));
            set(0x3280 + i, u32::from(c));
        }
        for c in (0x3400..0xa000).filter_map(char::from_u32) {
            set(u32::from(c), simplified(c));
        }
        for &(from, to) in EXTRA {
            set(u32::from(from), u32::from(to));
        }
        Self { of }
    }

    fn get(&self, c: char) -> Option<char> {
        let code = u32::from(c);
        let letter = |offset: u32| char::from_u32(u32::from('a') + offset);
        match code {
            0..0x1_0000 => match self.of[code as usize] {
                DROP => None,
                to => char::from_u32(to),
            },
            0x1_d400..=0x1_d6a3 => letter((code - 0x1_d400) % 26),
            0x1_d7ce..=0x1_d7ff => char::from_u32(u32::from('0') + (code - 0x1_d7ce) % 10),
            0x1_f130..=0x1_f149 => letter(code - 0x1_f130),
            0x1_f150..=0x1_f169 => letter(code - 0x1_f150),
            0x1_f170..=0x1_f189 => letter(code - 0x1_f170),
            0x1_f1e6..=0x1_f1ff => letter(code - 0x1_f1e6),
            0xe_0000..=0xe_01ef => None,
            _ => Some(c),
        }
    }

    /// Every character by itself, and ruby such as 導(dǎo) out.
    pub(super) fn fold(&self, text: &str) -> Folded {
        let mut folded = Folded {
            text: String::with_capacity(text.len()),
            starts: Vec::with_capacity(text.len() + 1),
            ends: Vec::with_capacity(text.len()),
            disguises: Vec::new(),
        };
        let mut skip_to = 0;
        for (at, c) in text.char_indices() {
            if at < skip_to {
                continue;
            }
            if (c == '(' || c == '（')
                && let Some(length) = ruby(&text[at..])
                && folded.text.chars().next_back().is_some_and(is_han)
            {
                skip_to = at + length;
                continue;
            }
            let Ok(start) = u32::try_from(at) else { break };
            let end = start + u32::try_from(c.len_utf8()).unwrap_or(0);
            match (c, self.get(c)) {
                ('⑩', _) => folded.push("10", start, end),
                (_, Some(to)) => folded.push_char(to, start, end),
                (_, None) => {}
            }
        }
        folded.finish(text.len());
        folded
    }
}

fn simplified(c: char) -> u32 {
    let mut buffer = [0; 4];
    fast2s::convert(c.encode_utf8(&mut buffer))
        .chars()
        .next()
        .map_or(u32::from(c), u32::from)
}

/// Whether this is a Chinese character.
pub(crate) fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..0xa000 | 0x2_0000..0x3_2000)
}

/// Length in bytes of a pinyin reading in brackets with a tone mark at the start of `text`.
fn ruby(text: &str) -> Option<usize> {
    let mut tone = false;
    for (count, (at, c)) in text.char_indices().skip(1).enumerate() {
        match c {
            ')' | '）' => return (count > 0 && tone).then_some(at + c.len_utf8()),
            'a'..='z' => {}
            _ if "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü".contains(c) => tone = true,
            _ => return None,
        }
        if count > 6 {
            return None;
        }
    }
    None
}
