namespace CourseShop.AlipaySimulator;

/// <summary>The ways in which the simulator can be told to misbehave.</summary>
public enum Switch
{
    NotificationLost,
    NotificationNever,
    NotificationLate,
    NotificationTwice,
    WaitAfterSuccess,
    ClosedAfterSuccess,
    WrongAmount,
    WrongSeller,
    WrongApp,
    BadSignature,
    GbkNotification,
    OddMediaType,
    ReturnLost,
    PaidYesterday,
    GatewayDown,
    GatewaySlow,
    AnswerIsHtml,
    AnswerTruncated,
    AnswerUnsigned,
    AnswerWronglySigned,
    RefundUnknown,
    RefundUnheard,
    RefundDenied,
    RefundNotDone,
    RefundWithoutBalance,
    RefundNotificationNever,
    CancelUnknown,
    TransferUnknown,
    TransferUnheard,
    TransferDenied,
    TransferNotDone,
    TransferWithoutBalance,
    TransferDealing,
    TransferFails,
    BillEarly,
    BillMissing,
    BillEmptyIsAnError,
    BillCutOff,
    BillRowMissing,
    BillStrangersRow,
    BillOtherAmount,
    BillRefundTwice,
    BillRefundsPositive,
}

/// <summary>How a switch stands.</summary>
/// <param name="Which">The switch.</param>
/// <param name="Left">For how many more payments or calls it holds; 0 is off, <see cref="UntilOff"/> has no end.</param>
/// <param name="Seconds">How long it delays, where it delays.</param>
public sealed record SwitchState(Switch Which, int Left, int Seconds)
{
    /// <summary>Holds until somebody turns it off.</summary>
    public const int UntilOff = -1;

    public bool IsOn => Left != 0;

    /// <summary>After it has been obeyed once.</summary>
    public SwitchState Obeyed() => Left > 0 ? this with { Left = Left - 1 } : this;
}

/// <summary>What a switch does, for people; the texts are keys of the localizer.</summary>
/// <param name="Which">The switch.</param>
/// <param name="Title">Its name.</param>
/// <param name="Explanation">One line.</param>
/// <param name="IsForCalls">It counts calls of the gateway instead of payments.</param>
/// <param name="HasSeconds">It takes a number of seconds.</param>
public sealed record SwitchInfo(Switch Which, string Title, string Explanation, bool IsForCalls = false, bool HasSeconds = false)
{
    /// <summary>All of them, in the order in which they are shown.</summary>
    public static readonly IReadOnlyList<SwitchInfo> All =
    [
        new(Switch.NotificationLost, "通知丢失", "第一次异步通知送不到，之后按支付宝的间隔重发"),
        new(Switch.NotificationNever, "只有跳转，没有通知", "付款后只有同步跳转，异步通知永远不来"),
        new(Switch.NotificationLate, "通知迟到", "第一次异步通知晚若干秒才发出", HasSeconds: true),
        new(Switch.NotificationTwice, "通知重复", "同一条通知同时送达两次"),
        new(Switch.WaitAfterSuccess, "乱序：成功之后是待付款", "成功通知之后，再来一条 WAIT_BUYER_PAY 通知"),
        new(Switch.ClosedAfterSuccess, "乱序：成功之后是关闭", "成功通知之后，再来一条 TRADE_CLOSED 通知，不带付款时间"),
        new(Switch.WrongAmount, "金额不符", "通知里的金额差一分，签名是真的"),
        new(Switch.WrongSeller, "卖家不符", "通知里是别人的 seller_id，签名是真的"),
        new(Switch.WrongApp, "应用不符", "通知里是别的 app_id，签名是真的"),
        new(Switch.BadSignature, "签名错误", "通知的签名对不上，重发也一样"),
        new(Switch.GbkNotification, "GBK 通知", "通知用 GBK 编码并按 GBK 签名"),
        new(Switch.OddMediaType, "畸形的媒体类型", "通知带着支付宝偶尔发出的畸形 Content-Type"),
        new(Switch.ReturnLost, "跳转丢失", "付款后停在支付宝的页面，不跳回商店，通知照发"),
        new(Switch.PaidYesterday, "付款：算在昨天", "付款时间往前写一天，昨天的账单里就有它，马上可以试对账"),
        new(Switch.GatewayDown, "网关停机", "网关对每个请求都回答 503，什么也不做", IsForCalls: true),
        new(Switch.GatewaySlow, "网关缓慢", "网关做完了事，但晚若干秒才回答", IsForCalls: true, HasSeconds: true),
        new(Switch.AnswerIsHtml, "回答是网页", "网关做完了事，却回答一个网页", IsForCalls: true),
        new(Switch.AnswerTruncated, "回答被截断", "网关做完了事，回答的 JSON 只有一半", IsForCalls: true),
        new(Switch.AnswerUnsigned, "回答没有签名", "网关做完了事，回答里没有 sign", IsForCalls: true),
        new(Switch.AnswerWronglySigned, "回答的签名错误", "网关做完了事，回答的签名对不上", IsForCalls: true),
        new(Switch.RefundUnknown, "退款：已退，却说系统繁忙", "退款已经做完，回答却是 ACQ.SYSTEM_ERROR", IsForCalls: true),
        new(Switch.RefundUnheard, "退款：已退，没有回答", "退款已经做完，回答永远不到，商店等到超时", IsForCalls: true),
        new(Switch.RefundDenied, "退款：已退，却有没签名的失败", "退款已经做完，回答却是没有签名的 ACQ.SELLER_BALANCE_NOT_ENOUGH", IsForCalls: true),
        new(Switch.RefundNotDone, "退款：没退，说系统繁忙", "退款没有做，回答是 ACQ.SYSTEM_ERROR", IsForCalls: true),
        new(Switch.RefundWithoutBalance, "退款：商家余额不足", "退款没有做，回答是有签名的 ACQ.SELLER_BALANCE_NOT_ENOUGH", IsForCalls: true),
        new(Switch.RefundNotificationNever, "退款：没有通知", "退款照做，退款的异步通知永远不来", IsForCalls: true),
        new(Switch.CancelUnknown, "撤销：已撤销，却说系统繁忙", "交易已经关闭或退款，回答却是 ACQ.SYSTEM_ERROR", IsForCalls: true),
        new(Switch.TransferUnknown, "转账：已转，却说系统繁忙", "转账已经做完，回答却是 SYSTEM_ERROR", IsForCalls: true),
        new(Switch.TransferUnheard, "转账：已转，没有回答", "转账已经做完，回答永远不到，商店等到超时", IsForCalls: true),
        new(Switch.TransferDenied, "转账：已转，却有没签名的失败", "转账已经做完，回答却是没有签名的 PAYEE_NOT_EXIST", IsForCalls: true),
        new(Switch.TransferNotDone, "转账：没转，说系统繁忙", "转账没有做，回答是 SYSTEM_ERROR", IsForCalls: true),
        new(Switch.TransferWithoutBalance, "转账：余额不足", "转账没有做，回答是有签名的 BALANCE_IS_NOT_ENOUGH", IsForCalls: true),
        new(Switch.TransferDealing, "转账：先处理中，后成功", "回答是 DEALING，第一次查询时成功", IsForCalls: true),
        new(Switch.TransferFails, "转账：先处理中，后失败", "回答是 DEALING，第一次查询时失败，钱回到余额", IsForCalls: true),
        new(Switch.BillEarly, "账单：提前", "账单现在就能下载，不等次日九点；今天的也可以", IsForCalls: true),
        new(Switch.BillMissing, "账单：还没有", "查询账单下载地址的回答是 BILL_NOT_EXIST", IsForCalls: true),
        new(Switch.BillEmptyIsAnError, "账单：没有数据时报错", "当天没有任何交易时，回答是 NO_BILL_DATA，而不是空账单", IsForCalls: true),
        new(Switch.BillCutOff, "账单：下载不完整", "下载到的压缩包只有一半", IsForCalls: true),
        new(Switch.BillRowMissing, "账单：少一笔", "账单里没有当天最后一笔，合计也跟着少", IsForCalls: true),
        new(Switch.BillStrangersRow, "账单：多一笔别人的交易", "账单里多出一笔商店不认识的交易", IsForCalls: true),
        new(Switch.BillOtherAmount, "账单：金额不同", "账单里当天第一笔的金额多一分", IsForCalls: true),
        new(Switch.BillRefundTwice, "账单：退款做了两次", "账单里当天最后一笔退款出现两次", IsForCalls: true),
        new(Switch.BillRefundsPositive, "账单：退款不带负号", "退款的金额和服务费写成正数，像有些真实账单那样", IsForCalls: true),
    ];
}
