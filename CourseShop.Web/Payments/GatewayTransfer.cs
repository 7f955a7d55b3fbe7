using CourseShop.Common;

namespace CourseShop.Payments;

/// <summary>How a payee is named.</summary>
public enum PayeeKind
{
    /// <summary>Mobile number or e-mail address, which the payee tells; the real name is compared with it (Alipay: ALIPAY_LOGON_ID).</summary>
    SignInName,

    /// <summary>The gateway's own number of the account (Alipay: ALIPAY_USER_ID, 2088…).</summary>
    UserId,
}

/// <summary>Who is paid.</summary>
/// <param name="Kind">What the account is named by.</param>
/// <param name="Account">The sign-in name or the number.</param>
/// <param name="RealName">As the gateway knows the person; obligatory for a sign-in name.</param>
public sealed record TransferPayee(PayeeKind Kind, string Account, string? RealName);

/// <summary>What a transfer asks the gateway for.</summary>
/// <param name="TransferNumber">Our own number of it, unique and never used again: letters, digits, underscore; at most 64 (Alipay: out_biz_no).</param>
/// <param name="Amount">In fen (Alipay: at least 10).</param>
/// <param name="Payee">Who is paid.</param>
/// <param name="Title">What the payee reads, at most 128 characters.</param>
/// <param name="Remark">More of it, at most 200 characters; may be empty (Alipay: not from 50,000 yuan on).</param>
public sealed record TransferRequest(string TransferNumber, Money Amount, TransferPayee Payee, string Title, string Remark = "");

/// <summary>Where a transfer stands at the gateway.</summary>
public enum TransferStatus
{
    /// <summary>On its way: ask again (Alipay: DEALING).</summary>
    UnderWay,

    /// <summary>The payee has the money (Alipay: SUCCESS).</summary>
    Done,

    /// <summary>No money moved, and none will under this number (Alipay: FAIL).</summary>
    Failed,

    /// <summary>The money left and came back (Alipay: REFUND).</summary>
    Returned,
}

/// <summary>What a gateway says of one transfer. Only made from answers whose signature was checked.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="TransferId">The gateway's number of it, if told (Alipay: order_id).</param>
/// <param name="At">When the money moved, UTC, if told (Alipay: trans_date or pay_date).</param>
/// <param name="FailureCode">Why it failed or came back, if told (Alipay: error_code); for people.</param>
public sealed record GatewayTransfer(TransferStatus Status, string? TransferId, DateTimeOffset? At, string? FailureCode);

/// <summary>What the shop's account at the gateway holds, in fen.</summary>
/// <param name="Total">All of it (Alipay: total_amount).</param>
/// <param name="Available">What can be paid out or refunded now (Alipay: available_amount).</param>
/// <param name="Frozen">What can't (Alipay: freeze_amount).</param>
public sealed record GatewayBalance(Money Total, Money Available, Money Frozen);
