//! Names and signs of currencies, before and after a number.

use std::cell::OnceCell;

use serde::{Deserialize, Serialize};

use super::super::numeral::chars::{self, after, char_at, char_before, has, is_han};

macro_rules! currencies {
    ($($name:ident $code:literal $doc:literal,)*) => {
        /// A currency, named by its ISO 4217 code (`USDT`, a coin, has none).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "UPPERCASE")]
        pub enum Currency {
            $(#[doc = $doc] $name,)*
        }

        impl Currency {
            /// The code, as in `CNY`.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

currencies! {
    Cny "CNY" "Renminbi: 元, 块, 圆, ¥.",
    Hkd "HKD" "Hong Kong dollar: 港币, 蚊, `hk$`.",
    Twd "TWD" "New Taiwan dollar: 新台币, `nt$`.",
    Mop "MOP" "Macao pataca: 澳门元, 葡币.",
    Usd "USD" "US dollar: 美元, 美金, `$`.",
    Eur "EUR" "Euro: 欧元, €.",
    Gbp "GBP" "Pound sterling: 英镑, £.",
    Jpy "JPY" "Yen: 日元.",
    Krw "KRW" "South Korean won: 韩元, ₩.",
    Sgd "SGD" "Singapore dollar: 新加坡元, 新币.",
    Myr "MYR" "Malaysian ringgit: 林吉特, 令吉, 马币.",
    Thb "THB" "Thai baht: 泰铢.",
    Vnd "VND" "Vietnamese dong: 越南盾.",
    Idr "IDR" "Indonesian rupiah: 印尼盾, `rp`.",
    Php "PHP" "Philippine peso: 菲律宾比索.",
    Inr "INR" "Indian rupee: 卢比, ₹.",
    Rub "RUB" "Russian rouble: 卢布.",
    Aud "AUD" "Australian dollar: 澳元.",
    Nzd "NZD" "New Zealand dollar: 新西兰元.",
    Cad "CAD" "Canadian dollar: 加元.",
    Chf "CHF" "Swiss franc: 瑞士法郎.",
    Sek "SEK" "Swedish krona: 瑞典克朗.",
    Nok "NOK" "Norwegian krone: 挪威克朗.",
    Dkk "DKK" "Danish krone: 丹麦克朗.",
    Try "TRY" "Turkish lira: 土耳其里拉.",
    Aed "AED" "UAE dirham: 迪拉姆.",
    Zar "ZAR" "South African rand: 兰特.",
    Brl "BRL" "Brazilian real: 雷亚尔.",
    Mxn "MXN" "Mexican peso: 墨西哥比索.",
    Usdt "USDT" "The coin Tether, which swindlers ask for.",
}

use Currency::{
    Aed, Aud, Brl, Cad, Chf, Cny, Dkk, Eur, Gbp, Hkd, Idr, Inr, Jpy, Krw, Mop, Mxn, Myr, Nok, Nzd, Php, Rub, Sek, Sgd,
    Thb, Try, Twd, Usd, Usdt, Vnd, Zar,
};

/// Names by their first character: longer names before their beginnings.
fn names(first: char) -> &'static [(&'static str, Currency)] {
    match first {
        '人' => &[("人民币", Cny)],
        '软' => &[("软妹币", Cny)],
        '大' => &[("大洋", Cny)],
        '数' => &[("数字人民币", Cny)],
        '港' => &[("港元", Hkd), ("港币", Hkd), ("港纸", Hkd), ("港圆", Hkd)],
        '蚊' => &[("蚊", Hkd)],
        '台' => &[("台币", Twd), ("台元", Twd)],
        '新' => &[
            ("新台币", Twd),
            ("新加坡元", Sgd),
            ("新加坡币", Sgd),
            ("新西兰元", Nzd),
            ("新币", Sgd),
            ("新元", Sgd),
        ],
        '葡' => &[("葡币", Mop)],
        '美' => &[
            ("美元", Usd),
            ("美金", Usd),
            ("美刀", Usd),
            ("美圆", Usd),
            ("美钞", Usd),
        ],
        '欧' => &[("欧元", Eur)],
        '英' => &[("英镑", Gbp)],
        '镑' => &[("镑", Gbp)],
        '日' => &[("日元", Jpy), ("日币", Jpy), ("日圆", Jpy)],
        '韩' => &[("韩元", Krw), ("韩币", Krw), ("韩圆", Krw), ("韩国元", Krw)],
        '马' => &[("马币", Myr), ("马来西亚林吉特", Myr), ("马来西亚令吉", Myr)],
        '林' => &[("林吉特", Myr)],
        '令' => &[("令吉", Myr)],
        '泰' => &[("泰铢", Thb), ("泰国铢", Thb)],
        '铢' => &[("铢", Thb)],
        '越' => &[("越南盾", Vnd), ("越盾", Vnd)],
        '印' => &[
            ("印尼盾", Idr),
            ("印尼卢比", Idr),
            ("印度尼西亚卢比", Idr),
            ("印度卢比", Inr),
        ],
        '卢' => &[("卢布", Rub), ("卢比", Inr)],
        '俄' => &[("俄罗斯卢布", Rub)],
        '菲' => &[("菲律宾比索", Php)],
        '澳' => &[
            ("澳元", Aud),
            ("澳币", Aud),
            ("澳大利亚元", Aud),
            ("澳门元", Mop),
            ("澳门币", Mop),
        ],
        '加' => &[("加元", Cad), ("加币", Cad), ("加拿大元", Cad)],
        '瑞' => &[("瑞士法郎", Chf), ("瑞郎", Chf), ("瑞典克朗", Sek)],
        '法' => &[("法郎", Chf)],
        '挪' => &[("挪威克朗", Nok)],
        '丹' => &[("丹麦克朗", Dkk)],
        '土' => &[("土耳其里拉", Try)],
        '里' => &[("里拉", Try)],
        '迪' => &[("迪拉姆", Aed)],
        '阿' => &[("阿联酋迪拉姆", Aed)],
        '兰' => &[("兰特", Zar)],
        '南' => &[("南非兰特", Zar)],
        '巴' => &[("巴西雷亚尔", Brl)],
        '雷' => &[("雷亚尔", Brl)],
        '墨' => &[("墨西哥比索", Mxn)],
        _ => &[],
    }
}

/// Codes and abbreviations in Latin letters.
const CODES: &[(&str, Currency)] = &[
    ("rmb", Cny),
    ("cny", Cny),
    ("hkd", Hkd),
    ("twd", Twd),
    ("ntd", Twd),
    ("mop", Mop),
    ("usdt", Usdt),
    ("usd", Usd),
    ("eur", Eur),
    ("gbp", Gbp),
    ("jpy", Jpy),
    ("krw", Krw),
    ("sgd", Sgd),
    ("myr", Myr),
    ("thb", Thb),
    ("vnd", Vnd),
    ("idr", Idr),
    ("php", Php),
    ("inr", Inr),
    ("aud", Aud),
    ("nzd", Nzd),
    ("cad", Cad),
    ("chf", Chf),
    ("rp", Idr),
];

/// Dollar signs with the country before them.
const DOLLARS: &[(&str, Currency)] = &[
    ("hkd$", Hkd),
    ("ntd$", Twd),
    ("twd$", Twd),
    ("usd$", Usd),
    ("sgd$", Sgd),
    ("hk$", Hkd),
    ("nt$", Twd),
    ("us$", Usd),
    ("mop$", Mop),
    ("au$", Aud),
    ("a$", Aud),
    ("ca$", Cad),
    ("c$", Cad),
    ("nz$", Nzd),
    ("sg$", Sgd),
    ("s$", Sgd),
];

/// Whose dollar `$` is where it stands alone: the one the text names elsewhere. Looked up once.
#[derive(Debug, Default)]
pub(super) struct Dollar(OnceCell<Currency>);

impl Dollar {
    fn of(&self, text: &str) -> Currency {
        *self.0.get_or_init(|| {
            if text.contains("hk$") || text.contains("港") || text.contains("蚊") {
                Hkd
            } else if text.contains("nt$") || text.contains("台币") {
                Twd
            } else {
                Usd
            }
        })
    }
}

/// A currency before a number, and where its name or sign begins.
///
/// `at` is the first byte of the number; nothing before `floor` is looked at.
pub(super) fn before(text: &str, floor: usize, at: usize, dollar: &Dollar) -> Option<(Currency, usize)> {
    signed_before(text, floor, at, dollar).filter(|&(_, start)| start >= floor)
}

fn signed_before(text: &str, floor: usize, at: usize, dollar: &Dollar) -> Option<(Currency, usize)> {
    let mut end = at;
    let mut last = char_before(text, end)?;
    if is_han(last) && !matches!(last, '币' | '金' | '元' | '镑') {
        return None;
    }
    // "¥ 500", "rmb:500"
    for filler in [' ', ':', ' '] {
        if last == filler && end > floor {
            end -= 1;
            last = char_before(text, end)?;
        }
    }
    // ¥-35.50: the sign of a debit
    if last == '-' && matches!(char_before(text, end - 1), Some('¥' | '$')) {
        end -= 1;
        last = char_before(text, end)?;
    }
    let rest = text.get(floor..end)?;
    let sign = |currency, sign: &str| Some((currency, end - sign.len()));
    match last {
        '¥' => sign(Cny, "¥"),
        '€' => sign(Eur, "€"),
        '£' => sign(Gbp, "£"),
        '₩' => sign(Krw, "₩"),
        '₹' => sign(Inr, "₹"),
        '₫' => sign(Vnd, "₫"),
        '฿' => sign(Thb, "฿"),
        '₱' => sign(Php, "₱"),
        '$' => DOLLARS
            .iter()
            .find(|(name, _)| rest.ends_with(name))
            .map(|(name, currency)| (*currency, end - name.len()))
            .filter(|&(_, start)| is_word_border(text, start))
            .or(Some((dollar.of(text), end - 1))),
        'a'..='z' => CODES
            .iter()
            .find(|(name, _)| rest.ends_with(name))
            .map(|(name, currency)| (*currency, end - name.len()))
            .filter(|&(_, start)| is_word_border(text, start)),
        '币' | '金' | '元' | '镑' => named_before(rest, floor, last),
        _ => None,
    }
}

/// A written name before the number. 元 ends many names; only whole ones count.
fn named_before(rest: &str, floor: usize, last: char) -> Option<(Currency, usize)> {
    let candidates: &[&str] = match last {
        '币' => &[
            "人民币",
            "新台币",
            "台币",
            "港币",
            "日币",
            "韩币",
            "新币",
            "澳门币",
            "葡币",
        ],
        '金' => &["美金"],
        '镑' => &["英镑"],
        _ => &["美元", "港元", "欧元", "日元"],
    };
    let name = candidates.iter().find(|name| rest.ends_with(**name))?;
    let start = floor + rest.len() - name.len();
    let head = rest.strip_suffix(name)?;
    // 5000美元3天: the name belongs to the number before it. 兑美元7.2 is a rate.
    let taken = head
        .chars()
        .next_back()
        .is_some_and(|c| chars::is(c, chars::NUMERAL) || c == '兑' || c == '对' || c == ' ');
    if taken && *name != "人民币" {
        return None;
    }
    let (_, currency) = names(name.chars().next()?).iter().find(|(full, _)| full == name)?;
    Some((*currency, start))
}

fn is_word_border(text: &str, start: usize) -> bool {
    char_before(text, start).is_none_or(|c| !c.is_ascii_alphabetic())
}

/// A currency name or sign at `at` that is not 元, 块 or 圆, and where it ends.
pub(super) fn after_number(text: &str, at: usize, dollar: &Dollar) -> Option<(Currency, usize)> {
    let c = char_at(text, at)?;
    match c {
        'a'..='z' => CODES
            .iter()
            .find(|(name, _)| has(text, at, name))
            .map(|(name, currency)| (*currency, at + name.len()))
            .filter(|&(_, end)| char_at(text, end).is_none_or(|c| !c.is_ascii_alphanumeric())),
        '¥' | '$' | '€' | '£' => {
            let end = at + c.len_utf8();
            // "100$200": the sign belongs to what follows it.
            let leads = char_at(text, end).is_some_and(|c| c.is_ascii_digit());
            let currency = match c {
                '¥' => Cny,
                '€' => Eur,
                '£' => Gbp,
                _ => dollar.of(text),
            };
            (!leads).then_some((currency, end))
        }
        _ => names(c)
            .iter()
            .find_map(|(name, currency)| Some((*currency, after(text, at, name)?))),
    }
}

/// A currency in brackets or directly after 元: 9000元日币, 500元(港币).
pub(super) fn after_yuan(text: &str, at: usize, dollar: &Dollar) -> Option<(Currency, usize)> {
    if let Some(inside) = after(text, at, "(") {
        let (currency, end) = after_number(text, inside, dollar)?;
        return Some((currency, after(text, end, ")")?));
    }
    let c = char_at(text, at)?;
    if c == '大' || c == '数' || c == '法' || c == '里' {
        return None;
    }
    let (currency, end) = after_number(text, at, dollar)?;
    // 500元人民币 ends here; in 花500元美元500 the second name leads the next number.
    let leads = char_at(text, end).is_some_and(|c| chars::is(c, chars::NUMERAL));
    (!leads || currency == Cny).then_some((currency, end))
}
