use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

/// The amounts of a text, as `text low..high CUR bound` (one number where both ends are equal).
fn show(text: &str) -> String {
    let mut shown = String::new();
    for amount in amounts(text) {
        let end = |value: Option<Decimal>| value.map_or("?".to_owned(), |v| v.to_string());
        let (low, high) = (end(amount.low), end(amount.high));
        let value = if low == high { low } else { format!("{low}..{high}") };
        let span = &text[amount.span.clone()];
        let code = amount.currency.code();
        write!(shown, "{span} {value} {code} {:?}; ", amount.bound).unwrap();
    }
    shown.trim_end_matches("; ").to_owned()
}

#[track_caller]
fn finds(text: &str, expected: &str) {
    assert_eq!(show(text), expected, "{text}");
}

#[track_caller]
fn silent(text: &str) {
    assert_eq!(show(text), "", "{text}");
}

#[track_caller]
fn roles(text: &str, expected: &[Role]) {
    let roles: Vec<Role> = amounts(text).iter().map(|amount| amount.role).collect();
    assert_eq!(roles, expected, "{text}");
}

#[test]
fn arabic_sums_with_a_currency() {
    finds("您本期账单4,182.07元,请按时还款", "4,182.07元 4182.07 CNY Exact");
    finds("共需支付1,250,000元", "1,250,000元 1250000 CNY Exact");
    finds("扣款 88 元失败", "88 元 88 CNY Exact");
    finds("手续费0.5元", "0.5元 0.5 CNY Exact");
    finds("货款3.6万元未结", "3.6万元 36000 CNY Exact");
    finds("总额 12.5 亿元", "12.5 亿元 1250000000 CNY Exact");
    finds("充值30块钱", "30块钱 30 CNY Exact");
    finds("分别为1200,800元", "800元 800 CNY Exact");
}

#[test]
fn chinese_and_formal_sums() {
    finds("借条写明人民币捌仟伍佰元整", "人民币捌仟伍佰元整 8500 CNY Exact");
    finds("合计贰万零叁佰圆正。", "贰万零叁佰圆正 20300 CNY Exact");
    finds("每月还一千两百六十元", "一千两百六十元 1260 CNY Exact");
    finds("(大写)叁拾元伍角整", "叁拾元伍角整 30.5 CNY Exact");
    finds(
        "人民币叁仟元整(¥3000.00)",
        "人民币叁仟元整 3000 CNY Exact; ¥3000.00 3000 CNY Exact",
    );
}

#[test]
fn spoken_sums_with_jiao_and_fen() {
    finds("一碗面十二块五", "十二块五 12.5 CNY Exact");
    finds("利息一共三块八毛六", "三块八毛六 3.86 CNY Exact");
    finds("就差九毛钱", "九毛钱 0.9 CNY Exact");
    finds("一天罚息六毛五", "六毛五 0.65 CNY Exact");
    finds("退您八元零六分", "八元零六分 8.06 CNY Exact");
    finds("找回7元3角", "7元3角 7.3 CNY Exact");
    finds("每条五分钱", "五分钱 0.05 CNY Exact");
    finds("一共四百二十块零五毛", "四百二十块零五毛 420.5 CNY Exact");
    finds("罚息两块半", "两块半 2.5 CNY Exact");
    finds("利息3块2,今天结", "3块2 3.2 CNY Exact");
}

#[test]
fn mixed_and_short_numerals() {
    finds("欠我4千2", "4千2 4200 CNY Exact");
    finds("还剩16万5没还", "16万5 165000 CNY Exact");
    finds("月供6k", "6k 6000 CNY Exact");
    finds("额度3.5w起", "3.5w起 35000..? CNY AtLeast");
    finds("本金2w8", "2w8 28000 CNY Exact");
    finds("欠款六千四今天必须还", "六千四 6400 CNY Exact");
}

#[test]
fn currencies_before_and_after() {
    finds("应还rmb 3,020.00", "rmb 3,020.00 3020 CNY Exact");
    finds("支出¥49.9", "¥49.9 49.9 CNY Exact");
    finds("余额¥-12.30", "¥-12.30 12.3 CNY Exact");
    finds("结欠hk$12,800", "hk$12,800 12800 HKD Exact");
    finds("請繳nt$3,500元", "nt$3,500元 3500 TWD Exact");
    finds("欠hkd$700", "hkd$700 700 HKD Exact");
    finds("欠款us$210.40", "us$210.40 210.4 USD Exact");
    finds("转账500美元", "500美元 500 USD Exact");
    finds("港币三千二百元正", "港币三千二百元正 3200 HKD Exact");
    finds("八千蚊听日还", "八千蚊 8000 HKD Exact");
    finds("新台币2万8千元", "新台币2万8千元 28000 TWD Exact");
    finds("汇出20万日元", "20万日元 200000 JPY Exact");
    finds("共300欧元", "300欧元 300 EUR Exact");
    finds("消费1,200泰铢", "1,200泰铢 1200 THB Exact");
    finds("转500usdt", "500usdt 500 USDT Exact");
    finds("待还rp 750.000", "rp 750.000 750000 IDR Exact");
    finds("2000元人民币", "2000元人民币 2000 CNY Exact");
    finds("600元(港币)", "600元(港币) 600 HKD Exact");
}

#[test]
fn a_lone_dollar_sign_is_the_one_the_text_names() {
    finds("欠款$900", "$900 900 USD Exact");
    finds("港币户口欠$900", "$900 900 HKD Exact");
    finds("台币帳戶欠$900", "$900 900 TWD Exact");
}

#[test]
fn ranges_share_their_unit() {
    finds("可借3-8万元", "3-8万元 30000..80000 CNY Range");
    finds("罚款200元至500元", "200元至500元 200..500 CNY Range");
    finds("每月还两到三千块", "两到三千块 2000..3000 CNY Range");
    finds("赔偿四百到六百万元", "四百到六百万元 4000000..6000000 CNY Range");
    finds("费用从800到2万元不等", "800到2万元 800..20000 CNY Range");
    finds("单价6.2~6.85元", "6.2~6.85元 6.2..6.85 CNY Range");
    finds("再凑七八百块", "七八百块 700..800 CNY Range");
    finds("也就五六千元", "五六千元 5000..6000 CNY Range");
    finds("先还三、四千元", "三、四千元 3000..4000 CNY Range");
    finds("每笔2万(含)至6万元", "2万(含)至6万元 20000..60000 CNY Range");
    finds("罚款500元和800元之间", "500元和800元 500..800 CNY Range");
    finds("工资4k~6k", "4k~6k 4000..6000 CNY Range");
    finds(
        "处二万元以上十万元以下罚款",
        "二万元以上十万元以下 20000..100000 CNY Range",
    );
    finds("五毛到八毛一条", "五毛到八毛 0.5..0.8 CNY Range");
    finds("¥100-¥300", "¥100-¥300 100..300 CNY Range");
    finds("先还5千到8千", "5千到8千 5000..8000 CNY Range");
}

#[test]
fn bounds_leave_an_end_open() {
    finds("至少还2000元", "至少还2000元 2000..? CNY AtLeast");
    finds("金额不低于五万元", "不低于五万元 50000..? CNY AtLeast");
    finds("欠款1万元以上", "1万元以上 10000..? CNY AtLeast");
    finds("首付3万元起", "3万元起 30000..? CNY AtLeast");
    finds("上千元的损失", "上千元 1000..? CNY AtLeast");
    finds("不到两百块", "不到两百块 ?..200 CNY AtMost");
    finds("最高可达30万元以内", "30万元以内 ?..300000 CNY AtMost");
    finds("不超过800元", "不超过800元 ?..800 CNY AtMost");
    finds("将近6000元", "将近6000元 ?..6000 CNY AtMost");
    finds("大概三千块左右", "大概三千块左右 3000 CNY Approx");
    finds("约合650元", "约合650元 650 CNY Approx");
    finds("约650元", "约650元 650 CNY Approx");
    finds("违约300元", "300元 300 CNY Exact");
}

#[test]
fn inexact_numerals_give_both_ends() {
    finds("还有几百块", "几百块 100..1000 CNY Approx");
    finds("四十几万元的债", "四十几万元 400000..500000 CNY Approx");
    finds("涉案700余万元", "700余万元 7000000..8000000 CNY Approx");
    finds("欠了5000多块", "5000多块 5000..6000 CNY Approx");
    finds("就二十多块钱", "二十多块钱 20..30 CNY Approx");
    finds("罚息九块多", "九块多 9..10 CNY Approx");
    finds("投资 60 余 万元", "60 余 万元 600000..700000 CNY Approx");
    finds("也就百八十块", "百八十块 80..100 CNY Approx");
    finds("每天百来块", "百来块 100 CNY Approx");
    finds("至少三十多万元", "至少三十多万元 300000..? CNY AtLeast");
}

#[test]
fn context_makes_a_bare_number_money() {
    finds("应还3096,请存足", "3096 3096 CNY Exact");
    finds("逾期金额6120", "6120 6120 CNY Exact");
    finds("剩余本金:7.2万", "7.2万 72000 CNY Exact");
    finds("利息412.60,罚息33.10", "412.60 412.6 CNY Exact; 33.10 33.1 CNY Exact");
    finds("今天先还五千", "五千 5000 CNY Exact");
    finds("你那笔九千四的贷款", "九千四 9400 CNY Exact");
    finds("他欠我们平台两万六", "两万六 26000 CNY Exact");
    finds("给我转1500过来", "1500 1500 CNY Exact");
    finds("一千六,周三给", "一千六 1600 CNY Exact");
    finds("三千八", "三千八 3800 CNY Exact");
    finds("额度20万", "20万 200000 CNY Exact");
    finds("3000的押金", "3000 3000 CNY Exact");
}

#[test]
fn phones_codes_and_labels_are_no_money() {
    silent("请致电13900001234元旦快乐");
    silent("欠款请联系95533");
    silent("还款请拨4008001234");
    silent("您尾号8812的借款已到期");
    silent("贷款合同编号20250618");
    silent("还款专户6230 5800 0011 2233");
    silent("转人工请按1");
    silent("欠360借条的钱");
    silent("拨打110报警");
    silent("还款至0571-8800");
}

#[test]
fn other_counts_are_no_money() {
    silent("借款12期");
    silent("逾期37天");
    silent("欠了三个月");
    silent("欠款3笔");
    silent("年化利率7.2%");
    silent("还款日15日");
    silent("贷款10月还款失败");
    silent("积分5000分,可兑奖");
    silent("赠送20gb流量");
    silent("借书30本,还12本");
    silent("一共两百个人");
    silent("还有30分钟");
    silent("日息万分之五");
    silent("第三方支付");
    silent("得分85分");
    silent("100兆");
    silent("四百二十行");
}

#[test]
fn words_with_units_in_them_are_no_money() {
    silent("收拾一下");
    silent("五角大楼发言人");
    silent("三角债清理");
    silent("十分感谢您");
    silent("万一忘了");
    silent("千万别还");
    silent("一万个不愿意");
    silent("三分之一");
    silent("一块儿去");
    silent("买了两块地");
    silent("二元一次方程");
    silent("三毛流浪记");
    silent("2027元旦放假");
    silent("一分钱都不少");
    silent("没有一分钱");
    silent("分期分行分公司");
    silent("单位:万元");
}

#[test]
fn masked_sums_are_not_told() {
    silent("余额3**8元");
}

#[test]
fn the_words_around_tell_the_role() {
    use Role::{Due, Fee, Interest, Limit, Minimum, Offer, Paid, Principal, Unknown};
    roles("最低应还933.02元", &[Minimum]);
    roles("应还款额5,100元,最低还款额510元", &[Due, Minimum]);
    roles(
        "本金8000元、利息320元、违约金60元,合计8380元",
        &[Principal, Interest, Fee, Due],
    );
    roles("您已还款1200元,尚欠800元", &[Paid, Due]);
    roles("账单600元已于今日还款成功", &[Paid]);
    roles("可借额度5万元", &[Limit]);
    roles("送您20元优惠券", &[Offer]);
    roles("可减免罚息150元", &[Offer]);
    roles("减免后应还700元", &[Due]);
    roles("先交2000元保证金", &[Fee]);
    roles("请缴纳500元撤诉费", &[Fee]);
    roles("300元手续费", &[Fee]);
    roles("工本费30元", &[Fee]);
    roles("消费人民币58.00元", &[Paid]);
    roles("您的借款4000元已逾期6天", &[Due]);
    roles("2024年借款4000元,尚欠900元", &[Principal, Due]);
    roles("代扣失败,金额116.6元", &[Due]);
    roles("房租还没还了,一共3000元", &[Due]);
    roles("午饭30元", &[Unknown]);
}

#[test]
fn enums_serialise_as_the_record_names_them() {
    let json = |value: serde_json::Result<String>| value.unwrap();
    assert_eq!(json(serde_json::to_string(&Bound::AtLeast)), "\"at_least\"");
    assert_eq!(json(serde_json::to_string(&Role::Minimum)), "\"minimum\"");
    for currency in [Currency::Cny, Currency::Hkd, Currency::Usdt] {
        assert_eq!(
            json(serde_json::to_string(&currency)),
            format!("\"{}\"", currency.code())
        );
    }
}

#[test]
fn long_texts_take_linear_time() {
    for part in ["1-2-3-", "三四", "$1", "1,234", "0.1.2", "欠", "3到", "一万", "(含)"] {
        let text = part.repeat(20_000);
        assert!(amounts(&text).len() <= text.len());
    }
}

/// Texts of the words and figures that sums are made of.
fn money_like() -> impl Strategy<Value = String> {
    let parts = "0 1 25 3,000 4.5 . , 元 块 毛 角 分 钱 整 圆 ¥ $ hk$ rmb 人民币 港币 日元 三 五 十 百 千 万 亿 \
                 几 多 余 半 点 到 至 - ~ 、 和 之间 至少 不到 以上 左右 起 欠 借款 应还 的 本金 额度 期 天 个 ( ) (含) 。 k w é 😀";
    let parts: Vec<&'static str> = parts.split(' ').collect();
    proptest::collection::vec(prop::sample::select(parts), 0..30).prop_map(|parts| parts.concat())
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let mut end = 0;
    for amount in amounts(text) {
        prop_assert!(amount.span.start >= end, "overlap in {}", text);
        prop_assert!(amount.span.end > amount.span.start);
        prop_assert!(text.get(amount.span.clone()).is_some());
        prop_assert!(amount.low.is_some() || amount.high.is_some());
        if let (Some(low), Some(high)) = (amount.low, amount.high) {
            prop_assert!(low <= high);
        }
        end = amount.span.end;
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_gives_ordered_spans(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn money_like_texts_give_ordered_spans(text in money_like()) {
        check(&text)?;
    }

    #[test]
    fn sums_come_back_exactly(cents in 1i64..100_000_000_000) {
        let value = Decimal::new(cents, 2);
        let text = format!("您的欠款为{value}元,请还款");
        let found = amounts(&text);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].low, Some(value.normalize()));
        prop_assert_eq!(found[0].bound, Bound::Exact);
    }
}
