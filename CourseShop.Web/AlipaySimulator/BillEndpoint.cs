namespace CourseShop.AlipaySimulator;

/// <summary>Hands out a bill while its address lives.</summary>
public static class BillEndpoint
{
    public static IResult Answer(string bizDates, string timestamp, string token, WriteBill writeBill, SimulatorKeys keys, TimeProvider clock)
        => BillLink.DayOf(bizDates, timestamp, token, clock.GetUtcNow(), keys) is { } day
            ? Results.File(writeBill.Run(day), "application/octet-stream", $"{SimulatorKeys.SellerId}0156_{bizDates}.csv.zip")
            : Results.StatusCode(StatusCodes.Status403Forbidden);
}
