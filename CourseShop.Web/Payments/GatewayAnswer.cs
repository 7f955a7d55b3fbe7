namespace CourseShop.Payments;

/// <summary>How a call to a gateway ended. Unknown is neither yes nor no: it is asked again until it is one of them.</summary>
public enum GatewayVerdict
{
    /// <summary>The gateway did it, or found it; the answer's signature was checked.</summary>
    Yes,

    /// <summary>The gateway refused, and signed that it did.</summary>
    No,

    /// <summary>No answer, a late, broken or unsigned one, or one that says it doesn't know.</summary>
    Unknown,
}

/// <summary>Why a gateway said no, as far as the shop acts on it.</summary>
public enum GatewayRefusal
{
    /// <summary>It said yes, or nothing.</summary>
    None,

    /// <summary>No such trade (yet): the buyer has not begun to pay (Alipay: ACQ.TRADE_NOT_EXIST).</summary>
    TradeNotExist,

    /// <summary>The trade is in no state for this, for instance it was paid (Alipay: ACQ.TRADE_STATUS_ERROR and its kin).</summary>
    TradeStatusWrong,

    /// <summary>The shop's account has too little money: it is topped up, then the same refund or transfer is asked for again (Alipay: ACQ.SELLER_BALANCE_NOT_ENOUGH, BALANCE_IS_NOT_ENOUGH).</summary>
    SellerBalanceNotEnough,

    /// <summary>
    /// This refund will never happen as it was asked for (Alipay: ACQ.TRADE_HAS_FINISHED, ACQ.TRADE_HAS_CLOSE, ACQ.TRADE_STATUS_ERROR, ACQ.TRADE_NOT_ALLOW_REFUND,
    /// ACQ.REASON_TRADE_REFUND_FEE_ERR, ACQ.DISCORDANT_REPEAT_REQUEST …). <c>Code</c> tells why.
    /// </summary>
    RefundNotPossible,

    /// <summary>The gateway has no bill of that day (yet); a day without any movement answers with an empty bill instead (Alipay: BILL_NOT_EXIST).</summary>
    NoBill,

    /// <summary>It can't be cancelled any more: ask where it stands, and refund it (Alipay: ACQ.TRADE_CANCEL_TIME_OUT, ACQ.CANCEL_NOT_ALLOWED, ACQ.TRADE_HAS_FINISHED).</summary>
    CancelNotPossible,

    /// <summary>Money leaves only an app that signs with certificates (公钥证书), and this one doesn't. Nothing was asked.</summary>
    NeedsCertificates,

    /// <summary>The payee's account or real name is wrong (Alipay: PAYEE_NOT_EXIST, PAYEE_USER_INFO_ERROR, PAYEE_ACC_OCUPIED). No money moved.</summary>
    PayeeWrong,

    /// <summary>This transfer will never happen as it was asked for, for instance its amount is too large (Alipay: EXCEED_LIMIT_SM_AMOUNT …). No money moved. <c>Code</c> tells why.</summary>
    TransferNotPossible,

    /// <summary>The gateway knows this number with other facts: money may have moved, so ask before anything else (Alipay: PAYMENT_INFO_INCONSISTENCY).</summary>
    TransferDiffers,

    /// <summary>The gateway knows no transfer of this number (yet): the same one may be sent again (Alipay: ORDER_NOT_EXIST).</summary>
    TransferNotExist,

    /// <summary>Anything else, for instance a wrong setting or too many calls; <c>Code</c> tells. Nothing was done; the same request may be sent again.</summary>
    Other,
}

/// <summary>What came of a call to a gateway.</summary>
/// <typeparam name="T">What a yes carries.</typeparam>
/// <param name="Verdict">Yes, no or unknown.</param>
/// <param name="Value">What a yes carries; else default.</param>
/// <param name="Refusal">Why not, where the verdict is no.</param>
/// <param name="Code">The gateway's own code (Alipay: sub_code, else code) or what went wrong on the way, for people.</param>
public sealed record GatewayAnswer<T>(GatewayVerdict Verdict, T? Value = default, GatewayRefusal Refusal = GatewayRefusal.None, string? Code = null);
