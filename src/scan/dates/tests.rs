use proptest::prelude::*;

use super::*;

/// A Wednesday.
fn sent() -> Option<Day> {
    Day::new(2025, 3, 12)
}

fn render(mentions: &[DateMention], text: &str) -> String {
    let shown: Vec<String> = mentions
        .iter()
        .map(|mention| {
            let span = &text[mention.span.clone()];
            let days = mention.days.map_or("-".to_owned(), |days| days.to_string());
            let date = mention.date.map_or("-".to_owned(), |date| date.to_string());
            format!("{span} {:?} {days} {date}", mention.kind)
        })
        .collect();
    shown.join("; ")
}

#[track_caller]
fn finds(text: &str, expected: &str) {
    assert_eq!(render(&dates(text, sent()), text), expected, "{text}");
}

#[track_caller]
fn silent(text: &str) {
    finds(text, "");
}

#[track_caller]
fn late(text: &str, expected: Option<(&str, u32)>) {
    let found = overdue_days(text);
    let shown = found.map(|(span, days)| (&text[span], days));
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn full_dates_need_no_sending_day() {
    for (text, date) in [
        ("于2023-08-09到期", "2023-08-09"),
        ("于2023/8/9到期", "2023-08-09"),
        ("于2023.8.9签约", "2023-08-09"),
        ("于2023年8月9日到期", "2023-08-09"),
        ("于2023 年 8 月 9 日到期", "2023-08-09"),
        ("于二〇二三年八月九日到期", "2023-08-09"),
        ("于23年8月9日到期", "2023-08-09"),
        ("于23.8.9到期", "2023-08-09"),
        ("于20230809到期", "2023-08-09"),
        ("於112年8月9日到期", "2023-08-09"),
        ("民国112年8月9日到期", "2023-08-09"),
        ("繳款期限112/08/09", "2023-08-09"),
    ] {
        let found = dates(text, None);
        assert_eq!(found.len(), 1, "{text}");
        let shown = found[0].date.map(|day| day.to_string());
        assert_eq!(shown.as_deref(), Some(date), "{text}");
    }
}

#[test]
fn without_a_sending_day_a_part_of_a_date_is_no_date() {
    for text in ["请于4月2日还款", "明天扣款", "15日前", "月底前", "24小时内"] {
        assert_eq!(dates(text, None)[0].date, None, "{text}");
    }
}

#[test]
fn the_sending_day_fills_in_the_year() {
    finds("将于4月2日扣款", "4月2日 Absolute - 2025-04-02");
    finds("您1月20号的账单", "1月20号 Absolute - 2025-01-20");
    finds("十二月三十日到期的借款", "十二月三十日 Absolute - 2024-12-30");
    finds("扣款日期04-05", "04-05 Absolute - 2025-04-05");
    finds("请于4/2前缴费", "4/2前 By - 2025-04-02");
    finds("车牌A8,11月2日停车", "11月2日 Absolute - 2025-11-02");
    finds("尾号8812,2024年6月15日", "2024年6月15日 Absolute - 2024-06-15");
    finds("应于每季首月5日前支付", "5日前 By - 2025-03-05");
    finds("今年5月6日", "今年5月6日 Absolute - 2025-05-06");
    finds("去年12月1日签约", "去年12月1日 Absolute - 2024-12-01");
}

#[test]
fn a_bare_day_is_of_this_month_or_the_next() {
    finds("请在20日前还清", "20日前 By - 2025-03-20");
    finds("3号之前给我", "3号之前 By - 2025-03-03");
    finds("1日扣款", "1日 Absolute - 2025-04-01");
    finds("本月28日扣款", "本月28日 Relative - 2025-03-28");
    finds("下个月6号", "下个月6号 Relative - 2025-04-06");
}

#[test]
fn last_days_have_a_word_for_it() {
    finds("请于2025年4月1日24时前存足", "2025年4月1日24时前 By - 2025-04-01");
    finds("今天18点前处理", "今天18点前 By 0 2025-03-12");
    finds("今晚十点之前还上", "今晚十点之前 By 0 2025-03-12");
    finds("明日中午12点前", "明日中午12点前 By 1 2025-03-13");
    finds("17:30前回电", "17:30前 By 0 2025-03-12");
    finds("下午四点前见款", "下午四点前 By 0 2025-03-12");
    finds("今天下班前转账", "今天下班前 By 0 2025-03-12");
    finds("今日内还清", "今日内 By 0 2025-03-12");
    finds("月底前结清", "月底前 By - 2025-03-31");
    finds("活动3月31日截止", "3月31日截止 By - 2025-03-31");
    finds("最后还款日为3月25日", "3月25日 By - 2025-03-25");
    finds("到期还款日04月05日", "04月05日 By - 2025-04-05");
    finds("元旦前还清", "元旦前 By - 2026-01-01");
    finds("春节前给我", "春节前 By - -");
}

#[test]
fn terms_count_in_days_rounded_up() {
    finds("请于7日内联系", "7日内 Within 7 2025-03-19");
    finds("五个工作日内答复", "五个工作日内 Within 5 -");
    finds("24小时内还款", "24小时内 Within 1 2025-03-13");
    finds("36小时内", "36小时内 Within 2 -");
    finds("两周之内", "两周之内 Within 14 2025-03-26");
    finds("两个月内缴清", "两个月内 Within 60 2025-05-12");
    finds("半个月内", "半个月内 Within 15 2025-03-27");
    finds("30分钟内", "30分钟内 Within 1 -");
    finds("3-5个工作日内到账", "3-5个工作日内 Within 5 -");
    finds("两三天内", "两三天内 Within 3 2025-03-15");
    finds("限您48小时处理", "48小时 Within 2 2025-03-14");
    finds("本周内付清", "本周内 Within - 2025-03-16");
    finds("本月内处理", "本月内 Within - 2025-03-31");
}

#[test]
fn relative_days_count_from_the_sending_day() {
    finds("明天到期", "明天 Relative 1 2025-03-13");
    finds("后天下午见", "后天下午 Relative 2 2025-03-14");
    finds("大后天", "大后天 Relative 3 2025-03-15");
    finds("昨天扣款失败", "昨天 Relative - 2025-03-11");
    finds("3天后到期", "3天后 Relative 3 2025-03-15");
    finds("本周五到账", "本周五 Relative - 2025-03-14");
    finds("下周一开庭", "下周一 Relative - 2025-03-17");
    finds("下下周三", "下下周三 Relative - 2025-03-26");
    finds("周二再说", "周二 Relative - 2025-03-18");
    finds("星期天给", "星期天 Relative - 2025-03-16");
    finds("年底还", "年底 Relative - 2025-12-31");
    finds("下月底", "下月底 Relative - 2025-04-30");
    finds("下个月再还", "下个月 Relative - -");
}

#[test]
fn due_days_come_every_month() {
    finds("每月10日扣款", "每月10日 DueDay - 2025-04-10");
    finds("每个月的25号还", "每个月的25号 DueDay - 2025-03-25");
    finds("还款日为18日", "18日 DueDay - 2025-03-18");
    finds("账单日:5号", "5号 DueDay - 2025-04-05");
    finds("每月31日", "每月31日 DueDay - 2025-03-31");
}

#[test]
fn periods_end_on_their_last_day() {
    finds("从4月1日到4月20日", "从4月1日到4月20日 Period - 2025-04-20");
    finds("4月1日至20日", "4月1日至20日 Period - 2025-04-20");
    finds("2024.11.01-2025.01.31", "2024.11.01-2025.01.31 Period - 2025-01-31");
    finds("2024年3月至6月物业费", "2024年3月至6月 Period - 2024-06-30");
    finds("114年度稅款", "114年度 Period - 2025-12-31");
    finds("2023年度汇算", "2023年度 Period - 2023-12-31");
}

#[test]
fn other_numbers_are_no_dates() {
    for text in [
        "尾号0615的卡",
        "编号20240615",
        "贷款3/24期",
        "合同第15条",
        "3号楼2单元",
        "7日年化收益",
        "13月40日",
        "2月30日",
        "利率3.6%起",
        "010-12345678",
        "192.168.1.15",
        "1,286.40元",
        "客服9:00-21:00",
        "周一至周五",
        "逾期15日",
        "第3日",
        "近30天内",
        "前往网点",
        "明白了",
        "后来",
        "一半",
        "两周一次",
        "分12个月还",
        "3天前",
    ] {
        silent(text);
    }
}

#[test]
fn overdue_days_are_read_from_many_wordings() {
    late("您的借款已逾期37天", Some(("逾期37天", 37)));
    late("逾期三十余天", Some(("逾期三十余天", 30)));
    late("已超期两周", Some(("超期两周", 14)));
    late("逾期一个半月", Some(("逾期一个半月", 45)));
    late("逾期2个月零5天", Some(("逾期2个月零5天", 65)));
    late("逾期半年", Some(("逾期半年", 180)));
    late("逾期天数:12", Some(("逾期天数:12", 12)));
    late("逾期已超过90天", Some(("逾期已超过90天", 90)));
    late("逾期90天以上", Some(("逾期90天", 90)));
    late("这笔钱晚了5天", Some(("晚了5天", 5)));
    late("房租拖了三个月", Some(("拖了三个月", 90)));
    late("您的账单186天未还", Some(("186天未还", 186)));
    late("超过还款日12天", Some(("超过还款日12天", 12)));
    late("overdue 12 days", Some(("overdue 12 days", 12)));
    late("12 days overdue", Some(("12 days overdue", 12)));
    late("今天逾期第九天", Some(("逾期第九天", 9)));
}

#[test]
fn the_longest_overdue_time_counts() {
    late("逾期3天的利息,逾期62天的本金", Some(("逾期62天", 62)));
}

#[test]
fn no_overdue_time_is_none() {
    for text in [
        "已过期多日",
        "请勿逾期",
        "如逾期超过90天将起诉",
        "一旦逾期30天",
        "逾期3期",
        "逾期99999天",
        "逾期金额30元",
        "拖一天算一天",
        "超过30天不还",
    ] {
        late(text, None);
    }
}

#[test]
fn days_compute_like_the_calendar() {
    let day = |text: &str| text.parse::<Day>().unwrap();
    assert_eq!(day("2024-02-28").plus_days(1), Some(day("2024-02-29")));
    assert_eq!(day("2023-12-31").plus_days(1), Some(day("2024-01-01")));
    assert_eq!(day("2024-01-31").plus_months(1), Some(day("2024-02-29")));
    assert_eq!(day("2025-03-12").weekday(), 3);
    assert_eq!(day("2024-02-01").month_end(), day("2024-02-29"));
    assert_eq!(day("2024-12-30").days_until(day("2025-01-02")), 3);
    assert_eq!(Day::new(2023, 2, 29), None);
    assert_eq!("2023-02-29".parse::<Day>(), Err(NoDay));
    assert_eq!("+2023-2-1".parse::<Day>(), Err(NoDay));
    assert_eq!(serde_json::to_string(&day("2024-06-05")).unwrap(), "\"2024-06-05\"");
    assert_eq!(serde_json::to_string(&DateKind::DueDay).unwrap(), "\"due_day\"");
}

#[test]
fn long_texts_take_linear_time() {
    for part in ["1-2-3-", "三日", "6月", "2024-", "1,2", "今天", "逾期", "每月", "未还"] {
        let text = part.repeat(20_000);
        assert!(dates(&text, sent()).len() <= text.len());
        let _ = overdue_days(&text);
    }
}

/// Texts of the words and figures that dates are made of.
fn date_like() -> impl Strategy<Value = String> {
    let parts = "0 1 06 15 31 2024 113 20240615 - / . : ~ 至 到 年 月 日 号 天 个 周 星期 小时 工作日 分钟 点 时 \
                 三 十 两 半 几 廿 零 内 以内 后 前 之前 底 末 初 今天 明 本 下 上 每 大后天 民国 年度 元旦 晚上 早 晚 上 下午 逾期 超期 了 已 未还 限 给你 😀 é ( )";
    let parts: Vec<&'static str> = parts.split(' ').filter(|part| !part.is_empty()).collect();
    proptest::collection::vec(prop::sample::select(parts), 0..30).prop_map(|parts| parts.concat())
}

fn check(text: &str) -> Result<(), TestCaseError> {
    for sent in [None, sent(), Day::new(9999, 12, 31), Day::new(1, 1, 1)] {
        let mut end = 0;
        for mention in dates(text, sent) {
            prop_assert!(mention.span.start >= end, "overlap in {}", text);
            prop_assert!(mention.span.end > mention.span.start);
            prop_assert!(text.get(mention.span.clone()).is_some());
            end = mention.span.end;
        }
    }
    if let Some((span, days)) = overdue_days(text) {
        prop_assert!(text.get(span).is_some());
        prop_assert!((1..=20_000).contains(&days));
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_gives_ordered_spans(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn date_like_texts_give_ordered_spans(text in date_like()) {
        check(&text)?;
    }

    #[test]
    fn days_count_forth_and_back(number in 0i64..3_000_000) {
        let first = Day::new(1, 1, 1).unwrap();
        if let Some(day) = first.plus_days(number) {
            prop_assert_eq!(first.days_until(day), number);
            prop_assert_eq!(day.to_string().parse::<Day>(), Ok(day));
            prop_assert_eq!(Day::new(day.year(), day.month(), day.day()), Some(day));
        }
    }

    #[test]
    fn any_calendar_day_is_found(number in 0i64..30_000) {
        let day = Day::new(1990, 1, 1).and_then(|day| day.plus_days(number)).unwrap();
        let text = format!("请于{}年{}月{}日前还款", day.year(), day.month(), day.day());
        let found = dates(&text, None);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].date, Some(day));
        prop_assert_eq!(found[0].kind, DateKind::By);
    }
}
