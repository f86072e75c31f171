//! Character classes: one table look-up tells a scanner whether to stop at a character.

/// Can begin or continue a numeral.
pub(crate) const NUMERAL: u8 = 1;
/// Counts something other than money when it follows a number: 天, 期, 个.
pub(crate) const MEASURE: u8 = 2;
/// First character of a word that tells the role of an amount.
pub(crate) const ROLE: u8 = 4;
/// Can begin a date without a digit: 今, 本, 周.
pub(crate) const DATE: u8 = 8;
/// First character of a word for being late.
pub(crate) const LATE: u8 = 16;
/// Ends a clause.
pub(crate) const CLAUSE: u8 = 32;
/// Can be the second character of a date: the 天 of 今天, the 日 of 三日.
pub(crate) const DATE_NEXT: u8 = 64;
/// Can follow a Chinese digit in a sum of money.
pub(crate) const SUM_NEXT: u8 = 128;

const NUMERALS: &str = "0123456789〇一二三四五六七八九十百千万亿兆零两几数廿卅卌\
壹贰叁参肆伍陆柒捌玖拾佰仟";
const MEASURES: &str = "天日号月年周时点分秒期笔个次人名位张份件台套部辆间栋层楼室级岁倍折度米斤克\
集场届条封户页章节版种项类批轮步遍趟声句段篇颗粒片盒瓶杯支根只匹棵朵双副公厘毫寸吨升亩股座组样\
路街弄强成席秒刻季%‰℃°";
const ROLES: &str = "应欠待未需尚逾拖账结还归偿扣代缴支付补最本借贷放可利罚息复手违滞催服管担会律诉\
上工保押定解咨评费仲优减立免返红券退赔奖领送省抵赠额授限提预临备已收到入消首余投月年合共总垫\
学物水电话房租成全尾货";
const DATES: &str = "0123456789〇零一二三四五六七八九十两廿卅半今明后昨前本这下上周星礼月年次每当大民去\
元国春中端清";
const DATE_NEXTS: &str = "0123456789〇零一二三四五六七八九十百几两俩廿卅半多余来天日晚早晨夜儿后前周星\
礼期拜月年个底末初中旬上下午旦庆节秋清明国号点时小钟分秒工交自至到、-/.: dhmw";
const SUM_NEXTS: &str = "以元块毛角分圆点半多余来把个整到至、和与-~—–―〜→( 0123456789kw\
人软大数港蚊台新葡美欧英镑日韩马林令泰铢越印卢俄菲澳加瑞法挪丹土里迪阿兰南巴雷墨\
abcdefghijlmnopqrstuvxyz¥$€£的欠借贷款";
const LATES: &str = "逾超过拖晚迟余愈欠违未没不o";
const CLAUSES: &str = "\n,。;!?、…/(){}[]【】「」《》\"“”";

const FIRST: usize = 0x2000;
const LAST: usize = 0xa000;

static TABLE: [u8; LAST - FIRST] = table();
static ASCII: [u8; 128] = ascii();

#[allow(clippy::large_stack_arrays, reason = "made by the compiler, not on a stack")]
const fn table() -> [u8; LAST - FIRST] {
    let mut table = [0; LAST - FIRST];
    let sets = sets();
    let mut set = 0;
    while set < sets.len() {
        let (words, bit) = sets[set];
        let bytes = words.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] >= 0xe0 {
                let code = wide(bytes[at], bytes[at + 1], bytes[at + 2]);
                table[code - FIRST] |= bit;
                at += 3;
            } else {
                at += 1;
            }
        }
        set += 1;
    }
    table
}

const fn ascii() -> [u8; 128] {
    let mut table = [0; 128];
    let sets = sets();
    let mut set = 0;
    while set < sets.len() {
        let (words, bit) = sets[set];
        let bytes = words.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] < 0x80 {
                table[bytes[at] as usize] |= bit;
            }
            at += 1;
        }
        set += 1;
    }
    table
}

const fn sets() -> [(&'static str, u8); 9] {
    [
        (DATE_NEXTS, DATE_NEXT),
        (SUM_NEXTS, SUM_NEXT),
        (NUMERALS, SUM_NEXT),
        (NUMERALS, NUMERAL),
        (MEASURES, MEASURE),
        (ROLES, ROLE),
        (DATES, DATE),
        (LATES, LATE),
        (CLAUSES, CLAUSE),
    ]
}

/// Code point of a character of three bytes.
const fn wide(first: u8, second: u8, third: u8) -> usize {
    ((first & 0x0f) as usize) << 12 | ((second & 0x3f) as usize) << 6 | (third & 0x3f) as usize
}

#[inline]
fn class_of(code: usize) -> u8 {
    TABLE.get(code.wrapping_sub(FIRST)).copied().unwrap_or(0)
}

/// The classes of a character.
#[inline]
pub(crate) fn class(c: char) -> u8 {
    if c >= '\u{2000}' {
        class_of(c as usize)
    } else {
        ASCII.get(c as usize).copied().unwrap_or(0)
    }
}

/// Whether the character belongs to one of the classes in `mask`.
#[inline]
pub(crate) fn is(c: char, mask: u8) -> bool {
    class(c) & mask != 0
}

/// Where, from the character border `from` on, the first character of a class in `mask` begins.
pub(crate) fn find(text: &str, from: usize, mask: u8) -> Option<usize> {
    let mut rest = text.as_bytes().get(from..)?;
    let class_at = loop {
        // Nearly all is Chinese: three bytes a character.
        rest = match rest {
            [lead @ 0xe0..0xf0, second, third, tail @ ..] => {
                if class_of(wide(*lead, *second, *third)) & mask != 0 {
                    break rest;
                }
                tail
            }
            [lead @ 0..0x80, tail @ ..] => {
                if ASCII[*lead as usize] & mask != 0 {
                    break rest;
                }
                tail
            }
            [_, tail @ ..] => tail,
            [] => return None,
        };
    };
    Some(text.len() - class_at.len())
}

/// Whether what stands at `at` makes the number before it a count of things, days or points.
pub(crate) fn counts_things(text: &str, at: usize) -> bool {
    char_at(text, at).is_some_and(|c| {
        let next = at + c.len_utf8();
        if is(c, MEASURE) {
            !begins_word(c, char_at(text, next).unwrap_or(' ')) && (c != '分' || !is_instalment(text, next))
        } else {
            after_any(text, at, long_measures(c)).is_some()
        }
    })
}

/// Whether a measure and the character after it begin a word that counts nothing: 日元, 月供,
/// 期限, 个人.
fn begins_word(measure: char, next: char) -> bool {
    match measure {
        '日' => matches!(next, '元' | '币' | '圆' | '息' | '利' | '租' | '供' | '均' | '万'),
        '月' => matches!(next, '息' | '利' | '供' | '租' | '付' | '还' | '薪' | '底'),
        '年' => matches!(next, '化' | '利' | '费' | '息' | '薪' | '底'),
        '周' => matches!(
            next,
            '一' | '二' | '三' | '四' | '五' | '六' | '日' | '天' | '末' | '1'..='7'
        ),
        '期' => matches!(next, '限' | '间' | '末'),
        '人' => next == '民',
        '个' => next == '人',
        '次' => matches!(next, '日' | '月'),
        '时' => next == '间',
        '度' => next == '小',
        '位' => next == '于',
        '份' => next == '额',
        '步' => next == '骤',
        '件' => next == '事',
        '部' => next == '分',
        '项' => next == '目',
        '米' => next == '花',
        '岁' => next == '月',
        _ => false,
    }
}

/// Things counted whose first character begins other words too: 小时, but 小额; 积分, 原石.
fn long_measures(first: char) -> &'static [&'static str] {
    match first {
        '小' => &["小时"],
        '工' => &["工作日"],
        '世' => &["世纪"],
        '礼' => &["礼拜"],
        '星' => &["星期"],
        '积' => &["积分"],
        '原' => &["原石"],
        '金' => &["金币"],
        '钻' => &["钻石"],
        '京' => &["京豆"],
        '里' => &["里程"],
        '能' => &["能量"],
        '流' => &["流量"],
        '粉' => &["粉丝"],
        '成' => &["成长值", "成"],
        '经' => &["经验"],
        'q' => &["q币"],
        _ => &[],
    }
}

/// 分期, 分12期, 分三期: the verb "to divide", not the unit.
fn is_instalment(text: &str, at: usize) -> bool {
    let first = char_at(text, at);
    first.is_some_and(|c| c == '期' || is(c, NUMERAL))
}

/// The character that begins at `at`.
pub(crate) fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(&byte) if byte < 0x80 => Some(char::from(byte)),
        _ => text.get(at..)?.chars().next(),
    }
}

/// The character that ends at `at`.
pub(crate) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// Whether `word` stands at `at`.
pub(crate) fn has(text: &str, at: usize, word: &str) -> bool {
    let (bytes, word) = (text.as_bytes(), word.as_bytes());
    // The last byte of a character differs most, so nearly all comparisons end here.
    bytes.get(at + word.len().wrapping_sub(1)) == word.last() && bytes.get(at..at + word.len()) == Some(word)
}

/// Where `word` ends, if it stands at `at`.
pub(crate) fn after(text: &str, at: usize, word: &str) -> Option<usize> {
    has(text, at, word).then(|| at + word.len())
}

/// Where the first of `words` that stands at `at` ends.
pub(crate) fn after_any(text: &str, at: usize, words: &[&str]) -> Option<usize> {
    words.iter().find_map(|word| after(text, at, word))
}

/// The text from `floor` to `at`, for looking back.
pub(crate) fn back(text: &str, floor: usize, at: usize) -> &str {
    text.get(floor..at).unwrap_or("")
}

/// Past the spaces at `at`.
pub(crate) fn skip_spaces(text: &str, at: usize) -> usize {
    let spaces = text.as_bytes().get(at..).unwrap_or(&[]);
    at + spaces.iter().take_while(|&&byte| byte == b' ').count()
}

/// Whether this is a Chinese character.
pub(crate) fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..0xa000 | 0x2_0000..0x3_2000)
}
