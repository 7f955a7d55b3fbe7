using CourseShop.Common;

namespace CourseShop.Wallets;

public enum WithdrawalStatus
{
    /// <summary>待审核: the money left the balance; staff decide.</summary>
    Requested,

    /// <summary>待打款: approved; sent, or asked about, until it is known.</summary>
    Approved,

    /// <summary>待人工打款: approved, and Alipay allows no transfer in this mode: staff pay by hand.</summary>
    ByHand,

    /// <summary>待核实: the gateway's answer may mean that money moved; staff look, and say.</summary>
    Unclear,

    /// <summary>已到账.</summary>
    Paid,

    /// <summary>已拒绝, by staff; the money is back.</summary>
    Declined,

    /// <summary>打款失败: no money moved, or it came back; the money is back.</summary>
    Failed,
}

/// <summary>提现: money on its way out of a wallet. It is saved with its own number before anything is sent, so that the same number is sent again after any crash or silence.</summary>
public sealed class Withdrawal
{
    public const int LongestText = 200;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    private Withdrawal()
    {
    }

    public long Id { get; private set; }

    /// <summary>Also the number of the transfer (Alipay: out_biz_no).</summary>
    public string Number { get; private set; } = "";
    public long UserId { get; private set; }

    /// <summary>One per form: sent twice, it asks once.</summary>
    public string FormKey { get; private set; } = "";
    public Money Amount { get; private set; }

    /// <summary>Alipay's sign-in name of who is paid, as it was at the request.</summary>
    public string Account { get; private set; } = "";
    public string RealName { get; private set; } = "";
    public WithdrawalStatus Status { get; private set; }
    public DateTimeOffset RequestedAt { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public long? DecidedBy { get; private set; }

    /// <summary>Why it was declined or came back.</summary>
    public string? Answer { get; private set; }

    /// <summary>How often it was sent or asked about.</summary>
    public int Tries { get; private set; }
    public DateTimeOffset? NextTryAt { get; private set; }

    /// <summary>What the gateway said last, for staff.</summary>
    public string? LastCode { get; private set; }

    /// <summary>The gateway's number, or the receipt of who paid by hand.</summary>
    public string? ReceiptNumber { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Its money is out of the wallet.</summary>
    public bool IsOpen => Status is WithdrawalStatus.Requested or WithdrawalStatus.Approved or WithdrawalStatus.ByHand or WithdrawalStatus.Unclear;

    /// <summary>Staff pay it by hand, or have to find out what happened.</summary>
    public bool IsForAPerson => Status is WithdrawalStatus.ByHand or WithdrawalStatus.Unclear;

    /// <summary>It may have reached the gateway: ask before sending again.</summary>
    public bool WasSent => Tries > 0;

    public static Withdrawal Request(long userId, Money amount, string account, string realName, string formKey, DateTimeOffset now) => new()
    {
        Number = DatedNumber.New('W', now),
        UserId = userId,
        FormKey = formKey,
        Amount = amount,
        Account = account,
        RealName = realName,
        RequestedAt = now,
    };

    public void Approve(long staffId, DateTimeOffset now)
    {
        Require(WithdrawalStatus.Requested);
        Status = WithdrawalStatus.Approved;
        (DecidedAt, DecidedBy, NextTryAt) = (now, staffId, now);
    }

    public void Decline(long staffId, string why, DateTimeOffset now)
    {
        Require(WithdrawalStatus.Requested);
        (DecidedAt, DecidedBy) = (now, staffId);
        End(WithdrawalStatus.Declined, why, now);
    }

    /// <summary>Before a call: nobody else tries meanwhile, and if nothing is heard the next try waits longer.</summary>
    public void Try(DateTimeOffset now)
    {
        Require(WithdrawalStatus.Approved);
        Tries++;
        var wait = FirstWait * Math.Pow(2, Math.Min(Tries - 1, 10));
        NextTryAt = now + (wait < LongestWait ? wait : LongestWait);
    }

    /// <summary>No sure answer: it stays approved, and is asked about.</summary>
    public void StayOpen(string? code) => LastCode = code;

    /// <summary>The gateway allows no transfer: nothing was sent.</summary>
    public void LeaveToStaff(string? code)
    {
        Require(WithdrawalStatus.Approved);
        (Status, LastCode) = (WithdrawalStatus.ByHand, code);
    }

    /// <summary>Money may have moved: nothing happens by itself any more.</summary>
    public void Doubt(string? code)
    {
        Require(WithdrawalStatus.Approved);
        (Status, LastCode) = (WithdrawalStatus.Unclear, code);
    }

    /// <summary>The payee has the money.</summary>
    public void Complete(string? receipt, DateTimeOffset now)
    {
        Require(WithdrawalStatus.Approved, WithdrawalStatus.ByHand, WithdrawalStatus.Unclear);
        ReceiptNumber = receipt;
        End(WithdrawalStatus.Paid, null, now);
    }

    /// <summary>No money moved, or it came back.</summary>
    public void Fail(string why, DateTimeOffset now)
    {
        Require(WithdrawalStatus.Approved, WithdrawalStatus.ByHand, WithdrawalStatus.Unclear);
        End(WithdrawalStatus.Failed, why, now);
    }

    private void End(WithdrawalStatus status, string? answer, DateTimeOffset now) => (Status, Answer, EndedAt, NextTryAt) = (status, answer, now, null);

    private void Require(params WithdrawalStatus[] expected)
    {
        if (!expected.Contains(Status))
            throw new InvalidOperationException($"Withdrawal {Number} is {Status}.");
    }
}
