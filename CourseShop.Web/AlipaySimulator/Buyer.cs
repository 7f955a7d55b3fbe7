namespace CourseShop.AlipaySimulator;

/// <summary>A made-up Alipay account.</summary>
/// <param name="Id">buyer_id, 16 digits.</param>
/// <param name="Name">As the cashier shows it.</param>
/// <param name="LogonId">buyer_logon_id, masked as Alipay masks it.</param>
public sealed record Buyer(string Id, string Name, string LogonId)
{
    /// <summary>Everybody who has an account here.</summary>
    public static readonly IReadOnlyList<Buyer> All =
    [
        new("2088100000000011", "小明", "xia***@example.com"),
        new("2088100000000029", "小红", "138****0002"),
    ];

    /// <summary>The account of this number; the first one for any other.</summary>
    public static Buyer Of(string? id) => All.FirstOrDefault(buyer => buyer.Id == id) ?? All[0];
}
