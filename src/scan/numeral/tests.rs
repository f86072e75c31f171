use std::str::FromStr;

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;

fn decimal(text: &str) -> Decimal {
    Decimal::from_str(text).unwrap()
}

#[track_caller]
fn reads(text: &str, value: &str) {
    assert_eq!(parse(text), Some(decimal(value)), "{text}");
}

#[track_caller]
fn spans(text: &str, whole: &str, low: &str, high: &str) {
    let numeral = at(text, 0).unwrap_or_else(|| panic!("no numeral in {text}"));
    let found = (&text[numeral.span.clone()], numeral.low, numeral.high);
    assert_eq!(found, (whole, decimal(low), decimal(high)), "{text}");
}

#[test]
fn arabic_numerals_keep_every_digit() {
    reads("0", "0");
    reads("3060.50", "3060.5");
    reads("18,406,220.07", "18406220.07");
    reads("0.000001", "0.000001");
    reads("7922816251426433759354395", "7922816251426433759354395");
}

#[test]
fn chinese_numerals_multiply_and_add() {
    reads("九", "9");
    reads("十七", "17");
    reads("四十", "40");
    reads("六百零二", "602");
    reads("八千零三十", "8030");
    reads("五万零七百", "50700");
    reads("两千三百四十五万六千", "23456000");
    reads("三亿零五十万", "300500000");
    reads("一万亿", "1000000000000");
}

#[test]
fn formal_numerals_are_the_same() {
    reads("柒佰陆拾", "760");
    reads("贰万叁仟零伍", "23005");
    reads("玖拾捌", "98");
}

#[test]
fn the_last_digit_of_speech_takes_the_next_unit() {
    reads("四千二", "4200");
    reads("六百八", "680");
    reads("两百五", "250");
    reads("七万三", "73000");
    reads("一千零六", "1006");
    reads("三十六", "36");
    reads("二十一万四", "214000");
}

#[test]
fn arabic_and_chinese_mix() {
    reads("4千2", "4200");
    reads("7万3", "73000");
    reads("2.35万", "23500");
    reads("1万800", "10800");
    reads("6百", "600");
    reads("25万3千", "253000");
    reads("3亿5千万", "350000000");
    reads("1.5个亿", "150000000");
}

#[test]
fn k_and_w_are_units_of_speech() {
    reads("8k", "8000");
    reads("4.5w", "45000");
    reads("6w8", "68000");
    spans("15km", "15", "15", "15");
    spans("20kg", "20", "20", "20");
}

#[test]
fn digit_strings_are_read_in_place() {
    reads("二〇二五", "2025");
    reads("一九九八", "1998");
    reads("三点一四", "3.14");
    reads("十二点五", "12.5");
    reads("三点八万", "38000");
}

#[test]
fn tens_have_old_characters_of_their_own() {
    reads("廿六", "26");
    reads("卅", "30");
}

#[test]
fn signs_belong_to_a_whole_numeral_only() {
    reads("-42.5", "-42.5");
    reads("负三千", "-3000");
}

#[test]
fn inexact_numerals_have_two_ends() {
    spans("几千", "几千", "1000", "10000");
    spans("十几", "十几", "10", "20");
    spans("四十几万", "四十几万", "400000", "500000");
    spans("五六百", "五六百", "500", "600");
    spans("三五千", "三五千", "3000", "5000");
    spans("一百二三十", "一百二三十", "120", "130");
    spans("6000多", "6000多", "6000", "7000");
    spans("两万余", "两万余", "20000", "30000");
    spans("80多万", "80多万", "800000", "900000");
    spans("二十来万", "二十来万", "200000", "200000");
    spans("百八十块", "百八十", "80", "100");
    spans("千八百", "千八百", "800", "1000");
    spans("数百", "数百", "100", "1000");
    assert_eq!(parse("几千"), None);
}

#[test]
fn a_numeral_ends_where_another_word_begins() {
    spans("三千四千", "三千", "3000", "3000");
    spans("两万三期", "两万", "20000", "20000");
    spans("五万一起", "五万", "50000", "50000");
    spans("6万12期", "6万", "60000", "60000");
    spans("3000余额", "3000", "3000", "3000");
    spans("12,34", "12", "12", "12");
    spans("三百零", "三百", "300", "300");
    spans("几十几百", "几十", "10", "100");
}

#[test]
fn what_is_no_number_is_none() {
    for text in ["", "块", "1.2.3", "192.168.1.1", "点"] {
        assert_eq!(at(text, 0), None, "{text}");
    }
    assert_eq!(parse("三块"), None);
    assert_eq!(parse("99999999999999999999999999999"), None);
}

#[test]
fn a_bare_unit_says_so() {
    assert_eq!(at("千元", 0).unwrap().form, Form::Bare);
    assert_eq!(at("十元", 0).unwrap().form, Form::Worded);
    assert_eq!(at("0571", 0).unwrap().form, Form::Zeroed);
    assert_eq!(at("3,500", 0).unwrap().form, Form::Grouped);
}

/// Texts of the characters that numerals are made of.
fn numeral_like() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop::sample::select(
            "0123456789.,零〇一二两三五九十百千万亿廿几数多余半点个kw 块"
                .chars()
                .collect::<Vec<_>>(),
        ),
        0..40,
    )
    .prop_map(|chars| chars.into_iter().collect())
}

fn check(text: &str) -> Result<(), TestCaseError> {
    for (start, _) in text.char_indices() {
        if let Some(numeral) = at(text, start) {
            prop_assert_eq!(numeral.span.start, start);
            prop_assert!(numeral.span.end > start);
            prop_assert!(text.get(numeral.span.clone()).is_some());
            prop_assert!(numeral.low <= numeral.high);
        }
        prop_assert!(text.is_char_boundary(skip(text, start)));
        prop_assert!(skip(text, start) > start);
    }
    let _ = parse(text);
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn numeral_like_texts_are_read_without_panic(text in numeral_like()) {
        check(&text)?;
    }

    #[test]
    fn arabic_numbers_come_back_exactly(mantissa in 0i64..=i64::MAX, scale in 0u32..9) {
        let value = Decimal::new(mantissa, scale);
        prop_assert_eq!(parse(&value.to_string()), Some(value.normalize()));
    }

    #[test]
    fn written_out_numbers_come_back_exactly(value in 1u64..100_000_000) {
        prop_assert_eq!(parse(&written(value)), Some(Decimal::from(value)));
    }
}

/// The number in Chinese, as it is written out in full.
fn written(value: u64) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (mut text, mut zero) = (String::new(), false);
    let groups = [(value / 10_000, "万"), (value % 10_000, "")];
    for (group, unit) in groups {
        if group == 0 {
            zero |= !text.is_empty();
            continue;
        }
        for (place, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = usize::try_from(group / place % 10).unwrap();
            if digit == 0 {
                zero |= !text.is_empty();
                continue;
            }
            if std::mem::take(&mut zero) {
                text.push('零');
            }
            text.push_str(DIGITS[digit]);
            text.push_str(name);
        }
        zero = false;
        text.push_str(unit);
    }
    text
}
