using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Payments;

namespace CourseShop.Pages.Orders;

/// <summary>What a refund form sends.</summary>
public sealed class RefundInput
{
    public long[]? Lines { get; set; }
    public string? Reason { get; set; }
    public long AgreedMoney { get; set; }
    public int AgreedCredits { get; set; }

    public RefundWish Wish => new(Lines ?? [], Reason ?? "", new Money(AgreedMoney), AgreedCredits);
}

/// <summary>A line in a refund form.</summary>
public sealed record RefundChoiceLine(OrderLine Line, Refusal? Obstacle, bool IsChosen);

/// <summary>A refund form: the lines to choose from and what the chosen ones bring; the same for shopper and staff.</summary>
/// <param name="Path">Where it is sent.</param>
/// <param name="Label">What its button says.</param>
/// <param name="CouponName">The coupon that the order used.</param>
public sealed record RefundChoice(string Path, string Label, IReadOnlyList<RefundChoiceLine> Lines, RefundPreview Preview, string? Reason, string? CouponName)
{
    /// <summary>Where the money goes back to.</summary>
    public PaymentChannel Channel { get; init; }

    public bool CanChoose => Lines.Any(line => line.Obstacle is null);

    /// <summary>Nothing chosen yet, and only one to choose: it is.</summary>
    public static RefundChoice Of(RefundCase file, Func<OrderLine, Refusal?> obstacleFor, RefundInput? input, string path, string label, DateTimeOffset now)
    {
        var lines = file.Order.Lines.Select(line => (Line: line, Obstacle: obstacleFor(line))).ToList();
        var free = lines.Where(line => line.Obstacle is null).Select(line => line.Line.Id).ToList();
        var chosen = input is null ? free.Count == 1 ? free : [] : free.Intersect(input.Lines ?? []).ToList();
        return new(path, label, lines.ConvertAll(line => new RefundChoiceLine(line.Line, line.Obstacle, chosen.Contains(line.Line.Id))), file.Preview(chosen, now), input?.Reason, file.Order.CouponName) { Channel = file.Channel };
    }
}
