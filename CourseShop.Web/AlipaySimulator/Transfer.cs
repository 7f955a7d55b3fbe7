using System.Security.Cryptography;
using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>Where a transfer stands.</summary>
public enum TransferState
{
    /// <summary>DEALING.</summary>
    Dealing,

    /// <summary>SUCCESS.</summary>
    Success,

    /// <summary>FAIL.</summary>
    Fail,
}

/// <summary>Money that left the shop's account for somebody's.</summary>
public sealed record Transfer
{
    /// <summary>The shop's number.</summary>
    public required string OutBizNo { get; init; }

    /// <summary>Alipay's number.</summary>
    public required string OrderId { get; init; }

    public required Money Amount { get; init; }

    /// <summary>Sign-in name or account number.</summary>
    public required string Identity { get; init; }

    /// <summary>The payee's real name; empty where none was given.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }
    public required string Remark { get; init; }
    public required DateTimeOffset At { get; init; }
    public required TransferState State { get; init; }

    /// <summary>How it ends when somebody asks about it.</summary>
    public required TransferState Becomes { get; init; }

    /// <summary>A new number in Alipay's form, beginning with Beijing's date.</summary>
    public static string NewOrderId(DateTimeOffset now) => $"{now.ToBeijing():yyyyMMdd}11007{RandomNumberGenerator.GetString("0123456789", 19)}";

    /// <summary>The same transfer asked for again: same amount, same payee.</summary>
    public bool IsSame(Transfer other) => (Amount, Identity, Name) == (other.Amount, other.Identity, other.Name);

    /// <summary>As status.</summary>
    public string Status => State switch { TransferState.Success => "SUCCESS", TransferState.Fail => "FAIL", _ => "DEALING" };
}
