use proptest::prelude::*;

use super::ContactKind::{Account, Coin, Email, IdCard, Landline, Mobile, Qq, Service, Url, Wechat};
use super::*;

type Case<'t> = (&'t str, &'t [(ContactKind, &'t str)]);

fn found(text: &str) -> Vec<(ContactKind, String)> {
    contacts(text)
        .into_iter()
        .map(|contact| (contact.kind, contact.value))
        .collect()
}

#[track_caller]
fn all_found(cases: &[Case<'_>]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| {
            !found(text)
                .iter()
                .map(|(kind, value)| (*kind, value.as_str()))
                .eq(expected.iter().copied())
        })
        .map(|(text, _)| format!("{text} gives {:?}", found(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[track_caller]
fn all_silent(texts: &[&str]) {
    let wrong: Vec<String> = texts
        .iter()
        .filter(|text| !contacts(text).is_empty())
        .map(|text| format!("{text} gives {:?}", found(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn mobiles_in_all_groupings_are_found() {
    all_found(&[
        ("联系刘经理15927340618商谈", &[(Mobile, "15927340618")]),
        ("电话:159-2734-0618", &[(Mobile, "15927340618")]),
        ("电话159 2734 0618,找小王", &[(Mobile, "15927340618")]),
        ("手机1592734 0618", &[(Mobile, "15927340618")]),
        ("打1 5 9 2 7 3 4 0 6 1 8就行", &[(Mobile, "15927340618")]),
        ("15 92 73 40 61 8", &[(Mobile, "15927340618")]),
        ("159.2734.0618", &[(Mobile, "15927340618")]),
        ("1.5.9.2.7.3.4.0.6.1.8", &[(Mobile, "15927340618")]),
        ("159*2734*0618", &[(Mobile, "15927340618")]),
        ("(159)27340618", &[(Mobile, "15927340618")]),
        ("(15927340618)", &[(Mobile, "15927340618")]),
        ("+8615927340618", &[(Mobile, "15927340618")]),
        ("(+86)159 2734 0618", &[(Mobile, "15927340618")]),
        ("+(86)159-2734-0618", &[(Mobile, "15927340618")]),
        ("86-15927340618", &[(Mobile, "15927340618")]),
        ("8615927340618来电", &[(Mobile, "15927340618")]),
        ("0086 1592 7340 618", &[(Mobile, "15927340618")]),
        ("015927340618", &[(Mobile, "15927340618")]),
        ("tel15927340618", &[(Mobile, "15927340618")]),
        ("vx15927340618", &[(Mobile, "15927340618")]),
        ("15927340618vx同号", &[(Mobile, "15927340618")]),
        (
            "15927340618email:a@hkb.com",
            &[(Mobile, "15927340618"), (Email, "a@hkb.com")],
        ),
        ("微信同号15927340618", &[(Mobile, "15927340618")]),
        (
            "15927340618/18733904152",
            &[(Mobile, "15927340618"), (Mobile, "18733904152")],
        ),
        (
            "15927340618,18733904152",
            &[(Mobile, "15927340618"), (Mobile, "18733904152")],
        ),
        (
            "15927340618 18733904152",
            &[(Mobile, "15927340618"), (Mobile, "18733904152")],
        ),
        ("请于2026-03-14前联系15927340618", &[(Mobile, "15927340618")]),
        ("致电15927340618一次性结清", &[(Mobile, "15927340618")]),
        ("电话号码是15927340618。", &[(Mobile, "15927340618")]),
        (
            "1\u{20e3}5\u{20e3}9\u{20e3}2\u{20e3}7\u{20e3}3\u{20e3}4\u{20e3}0\u{20e3}6\u{20e3}1\u{20e3}8",
            &[(Mobile, "15927340618")],
        ),
    ]);
}

#[test]
fn disguised_and_spoken_mobiles_are_found() {
    all_found(&[
        ("l59273406l8", &[(Mobile, "15927340618")]),
        ("联系159-2734-o618", &[(Mobile, "15927340618")]),
        ("i5927e40618或1592734oo18", &[(Mobile, "15927340018")]),
        ("幺五九二七三四零六幺八", &[(Mobile, "15927340618")]),
        ("您记一下,幺五九,二七三四,零六幺八", &[(Mobile, "15927340618")]),
        ("拨打幺五九 二七三四 零六幺八核实", &[(Mobile, "15927340618")]),
        ("一五九二七三四〇六一八", &[(Mobile, "15927340618")]),
        ("电话一五九两七三四洞六一八找我", &[(Mobile, "15927340618")]),
        ("幺拐勾两拐三四洞六幺八", &[(Mobile, "17927340618")]),
        ("腰五九二七三四零六腰八", &[(Mobile, "15927340618")]),
        ("壹伍玖贰柒叁肆零陆壹捌", &[(Mobile, "15927340618")]),
        ("159二七三四0618", &[(Mobile, "15927340618")]),
        ("1五9二7三4零6一8", &[(Mobile, "15927340618")]),
        ("加八六一五九二七三四零六一八", &[(Mobile, "15927340618")]),
        ("周一打一五九二七三四零六一八一定要打", &[(Mobile, "15927340618")]),
        ("0086一五九二七三四零六一八", &[(Mobile, "15927340618")]),
        ("零二一六五七三二二零四", &[(Landline, "02165732204")]),
        ("零五七幺,八八幺二零零四六", &[(Landline, "057188120046")]),
        ("四零零八二零七七一三", &[(Service, "4008207713")]),
        ("客服热线九五五六六", &[(Service, "95566")]),
        ("你打幺二三七八投诉他", &[(Service, "12378")]),
        ("可以打一二三四五市民热线", &[(Service, "12345")]),
    ]);
}

#[test]
fn landlines_and_their_extensions_are_found() {
    all_found(&[
        ("010-62331874", &[(Landline, "01062331874")]),
        ("(021)6233 1874", &[(Landline, "02162331874")]),
        ("0755-86331874转123", &[(Landline, "075586331874")]),
        ("电话05716233187转分机8012。", &[(Landline, "05716233187")]),
        ("0351_6233_187", &[(Landline, "03516233187")]),
        ("01012345678", &[(Landline, "01012345678")]),
        ("8610-62331874", &[(Landline, "01062331874")]),
        ("+86(0)10-62331874", &[(Landline, "01062331874")]),
        ("0571 8812 0046", &[(Landline, "057188120046")]),
        ("057188120046", &[(Landline, "057188120046")]),
        ("+86-10-62331874", &[(Landline, "01062331874")]),
        ("+86 010 62331874", &[(Landline, "01062331874")]),
        ("0086-755-86331874", &[(Landline, "075586331874")]),
        ("86-21-62331874", &[(Landline, "02162331874")]),
        ("010-62331874-801", &[(Landline, "01062331874")]),
        ("010-62331874/62331875", &[(Landline, "01062331874")]),
        ("联系电话:82907315", &[(Landline, "82907315")]),
        ("请致电2388 7045查询", &[(Landline, "23887045")]),
    ]);
    let text = "致电0755-86331874转123即可";
    assert_eq!(&text[contacts(text)[0].span.clone()], "0755-86331874转123");
}

#[test]
fn numbers_abroad_keep_their_calling_code() {
    all_found(&[
        ("+852 6120 3347", &[(Mobile, "+85261203347")]),
        ("00852-2810 3347", &[(Landline, "+85228103347")]),
        ("852-6120-3347", &[(Mobile, "+85261203347")]),
        ("+852 6120 3347(24小时)", &[(Mobile, "+85261203347")]),
        ("+853 6612 3347", &[(Mobile, "+85366123347")]),
        ("+886 912 334 781", &[(Mobile, "+886912334781")]),
        ("0912-334-781", &[(Mobile, "0912334781")]),
        ("(02)2371-3347", &[(Landline, "0223713347")]),
        ("+1 (415) 233-4781", &[(Landline, "+14152334781")]),
        ("+44 7911 233478", &[(Mobile, "+447911233478")]),
        ("whatsapp:+60 12-334 7812", &[(Mobile, "+60123347812")]),
        ("请回拨0085-3318-6627", &[(Landline, "+8533186627")]),
        ("请致电6034 8817", &[(Mobile, "60348817")]),
    ]);
}

#[test]
fn service_numbers_are_found() {
    all_found(&[
        ("如有疑问请致电95533。", &[(Service, "95533")]),
        ("客服95533人工服务", &[(Service, "95533")]),
        ("【建设银行】95533", &[(Service, "95533")]),
        ("详询95533转2", &[(Service, "95533")]),
        ("+8695533", &[(Service, "95533")]),
        ("0731-96511", &[(Service, "96511")]),
        ("拨打96110核实", &[(Service, "96110")]),
        ("协商请拨966866", &[(Service, "966866")]),
        ("举报请拨12321", &[(Service, "12321")]),
        ("将依法报送征信。12378。", &[(Service, "12378")]),
        ("请致电10086或10010", &[(Service, "10086"), (Service, "10010")]),
        ("中国电信客服10000号", &[(Service, "10000")]),
        ("请拨打市民热线12345", &[(Service, "12345")]),
        ("拨打1010 7233还款", &[(Service, "10107233")]),
        ("客服95012266", &[(Service, "95012266")]),
        ("致电95105322协商", &[(Service, "95105322")]),
        ("400-871-2266", &[(Service, "4008712266")]),
        ("4008-712-266", &[(Service, "4008712266")]),
        ("400 8712 266", &[(Service, "4008712266")]),
        ("40087-12266", &[(Service, "4008712266")]),
        ("热线4008712266,", &[(Service, "4008712266")]),
        ("400-87-12266", &[(Service, "4008712266")]),
        ("客服400-871-226", &[(Service, "400871226")]),
        ("热线800-871-2266", &[(Service, "8008712266")]),
        ("400-871-2266转3", &[(Service, "4008712266")]),
    ]);
}

#[test]
fn links_are_found() {
    all_found(&[
        (
            "详见https://m.hkbao-x.com/a/b?c=1&d=2。",
            &[(Url, "m.hkbao-x.com/a/b?c=1&d=2")],
        ),
        ("点击hxxp://hkbao-x.com/q", &[(Url, "hkbao-x.com/q")]),
        ("http;//hkbao-x.com", &[(Url, "hkbao-x.com")]),
        ("http:\\\\hkbao-x.com\\q", &[(Url, "hkbao-x.com\\q")]),
        ("http:// hkbao-x.com/q", &[(Url, "hkbao-x.com/q")]),
        ("h t t p : / / h k b . c o m", &[(Url, "hkb.com")]),
        ("请登录www.hkbao.com查询", &[(Url, "www.hkbao.com")]),
        ("请登录www.hkbao.com3日内有效", &[(Url, "www.hkbao.com")]),
        ("点hkbao-12.cn/x7查看", &[(Url, "hkbao-12.cn/x7")]),
        ("戳t.cn/a6xpq回复td退订", &[(Url, "t.cn/a6xpq")]),
        ("速点dwz.cn/q7r", &[(Url, "dwz.cn/q7r")]),
        ("www. hkbao .com", &[(Url, "www.hkbao.com")]),
        ("w w w.hkbao.com", &[(Url, "www.hkbao.com")]),
        ("hkbao-7 . vip / q", &[(Url, "hkbao-7.vip/q")]),
        ("打开hkbao。com还款", &[(Url, "hkbao.com")]),
        ("打开hkbao点com还款", &[(Url, "hkbao.com")]),
        ("hkbao[.]com", &[(Url, "hkbao.com")]),
        ("hkbao(点)cn", &[(Url, "hkbao.cn")]),
        ("hkbao dot com", &[(Url, "hkbao.com")]),
        ("hkbao·top/x", &[(Url, "hkbao.top/x")]),
        ("hkbao.com:8443/pay", &[(Url, "hkbao.com:8443/pay")]),
        ("http://47.92.133.5:8080/h5", &[(Url, "47.92.133.5:8080/h5")]),
        ("47.92.13.5/h5", &[(Url, "47.92.13.5/h5")]),
        ("链接:https://hkbao.com/x,3日内有效", &[(Url, "hkbao.com/x")]),
        ("官网hkbao.com.cn!谨防假冒", &[(Url, "hkbao.com.cn")]),
        ("hkbao.com?请确认", &[(Url, "hkbao.com")]),
        ("(hkbao.gov.cn/tax)", &[(Url, "hkbao.gov.cn/tax")]),
        ("12388.gov.cn", &[(Url, "12388.gov.cn")]),
        ("95533.com.cn", &[(Url, "95533.com.cn")]),
        (
            "http://www.icbc.com.cn@hkbao.top/x",
            &[(Url, "www.icbc.com.cn@hkbao.top/x")],
        ),
        ("登录192.168.159.27", &[(Url, "192.168.159.27")]),
        ("http://还款中心.com/x", &[(Url, "还款中心.com/x")]),
        ("www.还款中心.com", &[(Url, "www.还款中心.com")]),
        ("hkbao.com/0,1607.html", &[(Url, "hkbao.com/0,1607.html")]),
        ("打开hk-pay.wang办理", &[(Url, "hk-pay.wang")]),
        ("http://intranet/x", &[(Url, "intranet/x")]),
        ("hkbao.com/wiki/x_(y)页", &[(Url, "hkbao.com/wiki/x_(y)")]),
        ("15927340618www.hkbao.com", &[(Url, "www.hkbao.com")]),
        ("下载 dl.hkbao-app.top/v3.apk 登录", &[(Url, "dl.hkbao-app.top/v3.apk")]),
    ]);
}

#[test]
fn handles_are_found() {
    all_found(&[
        ("加微信hk_2031x办理", &[(Wechat, "hk_2031x")]),
        ("微信号:hkzhuanyuan", &[(Wechat, "hkzhuanyuan")]),
        ("加v:hk-2031", &[(Wechat, "hk-2031")]),
        ("v信 hk2031x", &[(Wechat, "hk2031x")]),
        ("wx:hk2031x", &[(Wechat, "hk2031x")]),
        ("加微hk2031x", &[(Wechat, "hk2031x")]),
        ("加卫星hk2031x", &[(Wechat, "hk2031x")]),
        ("徽信hk2031x", &[(Wechat, "hk2031x")]),
        ("q裙290711836", &[(Qq, "290711836")]),
        ("薇:hk2031x", &[(Wechat, "hk2031x")]),
        ("微信wxid_8s7d6f5g", &[(Wechat, "wxid_8s7d6f5g")]),
        ("微信id: hk2031x", &[(Wechat, "hk2031x")]),
        ("微信:15927340618", &[(Mobile, "15927340618")]),
        ("微信/qq:290711836", &[(Qq, "290711836")]),
        ("qq290711836", &[(Qq, "290711836")]),
        ("qq群:290 711 836", &[(Qq, "290711836")]),
        ("扣扣2907118369", &[(Qq, "2907118369")]),
        ("企鹅号:2907118369", &[(Qq, "2907118369")]),
        ("加q 2907118369", &[(Qq, "2907118369")]),
        ("企业qq二九零七一一八三六", &[(Qq, "290711836")]),
        (
            "微信hk2031x,电话15927340618",
            &[(Wechat, "hk2031x"), (Mobile, "15927340618")],
        ),
    ]);
}

#[test]
fn accounts_and_identity_numbers_are_found() {
    all_found(&[
        // Test numbers that card schemes publish, and one with a wrong check digit behind its label.
        ("4242424242424242", &[(Account, "4242424242424242")]),
        ("5555 5555 5555 4444", &[(Account, "5555555555554444")]),
        ("6200 0000 0000 0005", &[(Account, "6200000000000005")]),
        ("卡号6217001234567890122", &[(Account, "6217001234567890122")]),
        ("请转至6217 0012 3456 7890(户名张*)", &[(Account, "6217001234567890")]),
        ("对公账户:1100223344556", &[(Account, "1100223344556")]),
        (
            "账号:建设银行 4402 1133 5566 7788 990",
            &[(Account, "4402113355667788990")],
        ),
        ("打到这张卡622848 0011223344557", &[(Account, "6228480011223344557")]),
        ("支付宝账号15927340618", &[(Account, "15927340618")]),
        ("支付宝账号:hk2031@qq.com", &[(Email, "hk2031@qq.com")]),
        ("11010519491231002x", &[(IdCard, "11010519491231002X")]),
        ("110105 19491231 002x", &[(IdCard, "11010519491231002X")]),
        ("身份证号:110105194912310021", &[(IdCard, "110105194912310021")]),
        ("身份证130503670401001", &[(IdCard, "130503670401001")]),
        ("邮箱hk.2031@vip.163.com收", &[(Email, "hk.2031@vip.163.com")]),
        ("13700000000@139.com", &[(Email, "13700000000@139.com")]),
        ("hk2031@qq点com", &[(Email, "hk2031@qq.com")]),
        (
            "usdt地址:tkzr8vq2mwp5xn3jd7ecya6ufh4bgs9loi",
            &[(Coin, "tkzr8vq2mwp5xn3jd7ecya6ufh4bgs9loi")],
        ),
        (
            "0x52908400098527886e0f7030069857d2e4169ee7",
            &[(Coin, "0x52908400098527886e0f7030069857d2e4169ee7")],
        ),
        (
            "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
            &[(Coin, "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq")],
        ),
        (
            "比特币1bvbmseystwetqtfn5au4m4gfg7xjanvn2",
            &[(Coin, "1bvbmseystwetqtfn5au4m4gfg7xjanvn2")],
        ),
    ]);
}

#[test]
fn amounts_and_dates_are_no_telephones() {
    all_silent(&[
        "转账15927340618元",
        "价格15927340618",
        "15927340618分",
        "15,927,340,618",
        "¥15927340618",
        "15927340618.50",
        "0.15927340618",
        "3.15927340618",
        "159.27340618",
        "15927340618万",
        "2026-03-14 10:11:12",
        "20260314 10",
        "1990-01-01-123",
        "1990 0101 123",
        "2026/03/14",
        "欠您95533元",
        "共95533人",
        "借款95533",
        "95,533",
        "95533.20元",
        "有28600分即将清零",
        "12378元",
        "金额12000.00元",
        "10000元",
        "12345",
        "一共12345",
        "9点至18点",
        "一三五上课,二四六休息",
        "二〇二六年三月十四日",
        "三四千块,五六百也行",
        "三点一四一五九二六五三五八",
        "rp 1.350.000",
        "额度3000-20000",
        "96500元",
        "积分95533",
        "24小时内95%",
        "九五折",
        "95533个积分",
        "4008元",
        "400 800",
        "400-800",
    ]);
}

#[test]
fn codes_and_order_numbers_are_no_telephones() {
    all_silent(&[
        "订单号15927340618",
        "订单编号:15927340618",
        "合同号为15927340618",
        "快递单号 15927340618",
        "流水号:15927340618",
        "no.15927340618",
        "order id: 15927340618",
        "验证码95533",
        "验证码:963258",
        "尾号95533",
        "工号95533",
        "尾号1234的卡",
        "第15927340618号",
        "hq20240608117",
        "hk15927340618",
        "15927340618x",
        "159273406180",
        "1592734061",
        "215927340618",
        "1234567890123456",
        "12345678901234567890",
        "22011592734061855",
        "2026031415927340618",
        "1234-15927340618-99",
        "12-159-2734-0618",
        "15927340618-1",
        "159****0618",
        "1592734****",
        "159xxxx0618",
        "159-2734-",
        "021-6233****",
        "0391-6629 110x",
        "会议号 662 019 745",
        "(2026)粤0304民初95533号",
        "案号12378号民事判决",
        "sf10288****71",
        "95533-dianfei",
        "cmb95533",
        "10690095533",
        "106575128",
        "发送td至10658999",
        "版本1.5.9273",
        "v47.92.133.5",
        "6f9619ff-8b86-d011-b42d-00c04fc964ff",
        "编号15927-34061-8",
        "imei 159273406189921",
        "房间号95533",
        "邮编100025",
        "1-2-3-4-5",
        "id=15927340618",
        "#15927340618",
    ]);
}

#[test]
fn file_names_and_sentences_are_no_links() {
    all_silent(&[
        "a.txt",
        "合同.docx",
        "报告v1.2.3.pdf",
        "请安装hkbao.apk",
        "版本v1.2.3",
        "3.5折",
        "约1.2万",
        "e.g. 这样",
        "a.m.至p.m.",
        "u.s.a",
        "1.vip客户专享",
        "2.online客服",
        "no.1",
        "please call me. to pay",
        "i am ok. top up now",
        "下载app。vip用户免费",
        "上午9点top榜",
        "zh***@163.com",
        "z*@mail.163.com",
        "@所有人",
        "tg:@hk_pay_88",
        "hkbao co.ltd",
        "asp.net开发",
        "mr.wang",
        "jack.wang",
        "abc.",
        "www.",
        "www",
        "http",
        "https://",
        "wifi6.0",
        "10.5cm",
        "node.js",
        "is it.is",
        "foo:42",
        "localhosts",
        "4.5.6.7",
        "...com",
        "的.cn",
    ]);
}

#[test]
fn words_about_chats_and_accounts_are_no_handles() {
    all_silent(&[
        "微信支付",
        "微信pay到账",
        "微信android版",
        "微信8.0.50",
        "微信h5页面",
        "微信小程序",
        "加微信",
        "qq音乐",
        "qq2000元",
        "qq 2846****17",
        "扣扣搜搜",
        "威信扫地",
        "卡号尾号4471",
        "卡号6225 7583 **** 1234",
        "建行6217 0014 3002 xxxx",
        "4242424242424241",
        "订单号4242424242424242",
        "发票号码24322000000118237651",
        "110105194912310021",
        "社保卡号 123456789012",
        "卫星2号",
        "账户余额123456元",
        "身份证尾号002x",
        "v1.2.3",
        "vip100001",
        "q3财报",
        "d8e8fca2dc0f896fd7cb4cb0031ba249",
        "0x1234",
        "txq7vd9nkpr3slw8hbe2yfmc6uj4azg5ti",
    ]);
}

#[test]
fn links_tell_their_domain() {
    for (url, expected) in [
        ("https://m.icbc.com.cn/x?y=1", "icbc.com.cn"),
        ("www.ccb.com", "ccb.com"),
        ("ccb.com:8080/x", "ccb.com"),
        ("t.cn/abc", "t.cn"),
        ("gov.cn", "gov.cn"),
        ("www.bj.gov.cn", "bj.gov.cn"),
        ("icbc.com.cn@hkbao.top/x", "hkbao.top"),
        ("a.hk-help.cn.com/f", "hk-help.cn.com"),
        ("a.cn.vip", "cn.vip"),
        ("47.92.133.5:80/x", "47.92.133.5"),
        ("localhost", "localhost"),
        ("", ""),
    ] {
        assert_eq!(domain(url), expected, "{url}");
    }
}

#[test]
fn shorteners_are_known() {
    for url in ["t.cn/abc", "https://dwz.cn/x", "url.cn/5x", "bit.ly/x", "www.bit.ly/x"] {
        assert!(is_short_link(url), "{url}");
    }
    for url in ["icbc.com.cn", "nott.cn/x", "hkbao.top/t.cn", ""] {
        assert!(!is_short_link(url), "{url}");
    }
}

#[test]
fn virtual_operators_are_told_by_their_prefix() {
    assert_eq!(phone_class("17092734061"), PhoneClass::Virtual);
    assert_eq!(phone_class("16592734061"), PhoneClass::Virtual);
    assert_eq!(phone_class("15927340618"), PhoneClass::Carrier);
    assert_eq!(phone_class("+85261203347"), PhoneClass::Overseas);
    assert_eq!(phone_class("95533"), PhoneClass::Other);
    assert_eq!(phone_class(""), PhoneClass::Other);
}

#[test]
fn long_text_takes_time_in_proportion() {
    // Each of these repeats what makes the scanner look ahead or back.
    for part in [
        "1 ",
        "1-",
        "一",
        "a.",
        "qq ",
        "微",
        "(",
        "+1",
        "h t ",
        "a。",
        "138 0013 ",
        "www.",
        "a@",
        "0",
        "http:",
        "x_(",
    ] {
        let text = part.repeat(100_000 / part.len());
        let start = std::time::Instant::now();
        let _ = contacts(&text);
        assert!(start.elapsed().as_secs() < 5, "{part}");
    }
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let mut before = 0;
    for contact in contacts(text) {
        prop_assert!(contact.span.start >= before && contact.span.end > contact.span.start);
        prop_assert!(text.get(contact.span.clone()).is_some());
        prop_assert!(!contact.value.is_empty());
        before = contact.span.end;
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_gives_sound_contacts(text in "\\PC{0,80}") {
        check(&text)?;
    }

    #[test]
    fn tricky_text_gives_sound_contacts(
        text in "[0-9a-zA-Z一二三零幺洞拐两点微信薇扣企鹅元转号卡.。:;/@+()*_ \\-?#=&,%\u{fe0f}\u{20e3}é😀\n\r]{0,80}"
    ) {
        check(&text)?;
    }

    #[test]
    fn pieces_of_contacts_give_sound_contacts(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "http", "://", "www.", "com", ".", "点", "。", "微信", "qq", "加", "v", ":", "138", "0013", "8000", " ", "-", "幺三八",
            "零零", "86", "+", "(", ")", "00", "400", "95588", "转", "ext ", "卡号", "6217", "x", "usdt", "@", "*", "/", "?a=b", "元",
            "身份证", "110105", "19491231", "h t t p", "一", "o", "l", "[.]", "dot ", "\n", "0x", "_(", "é",
        ]), 0..24)
    ) {
        check(&pieces.concat())?;
    }

    #[test]
    fn every_mobile_is_found_in_a_sentence(number in "1[3-9][0-9]{9}") {
        let text = format!("如有疑问请联系{number}核实");
        prop_assert_eq!(found(&text), vec![(Mobile, number)]);
    }

    #[test]
    fn every_spoken_mobile_is_found(number in "1[3-9][0-9]{9}") {
        let spoken: String = number.chars().map(|c| "零幺二三四五六七八九".chars().nth(c as usize - '0' as usize).unwrap()).collect();
        prop_assert_eq!(found(&format!("请拨打{spoken}谢谢")), vec![(Mobile, number)]);
    }
}
