namespace CourseShop.Payments;

/// <summary>The bill of a day on which nothing moved.</summary>
public sealed class EmptyBill : GatewayBill
{
    /// <inheritdoc />
    public override IAsyncEnumerable<BillEntry> ReadAsync(CancellationToken stop) => AsyncEnumerable.Empty<BillEntry>();

    /// <inheritdoc />
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
