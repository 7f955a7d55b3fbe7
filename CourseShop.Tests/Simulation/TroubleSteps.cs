namespace CourseShop.Tests.Simulation;

/// <summary>Time, weather, and what breaks.</summary>
internal static class TroubleSteps
{
    public static void SecondsPass(SimulatedDay day) => Pass(day, TimeSpan.FromMilliseconds(day.Random.Next(10, 8_000)));

    public static void MinutesPass(SimulatedDay day) => Pass(day, TimeSpan.FromSeconds(day.Random.Next(30, 400)));

    public static void DeadlinesPass(SimulatedDay day) => Pass(day, TimeSpan.FromMinutes(day.Random.Next(14, 40)));

    /// <summary>Somebody sets the machine's clock, back or forth, by less than its watch would notice.</summary>
    public static void ClockIsSet(SimulatedDay day)
    {
        var by = TimeSpan.FromSeconds(day.Random.Next(-50, 50));
        day.Clock.Set(by);
        day.Story.Tell($"the clock is set by {by}");
    }

    /// <summary>The way to the gateway is well for most of the time, bad for some, and sometimes there is none.</summary>
    public static void WeatherChanges(SimulatedDay day)
    {
        day.Gateway.LostOfHundred = day.Random.Next(6) switch { 0 => 100, 1 => 50, 2 => 15, _ => 0 };
        day.Story.Tell($"{day.Gateway.LostOfHundred} of 100 calls get lost");
    }

    public static void DatabaseFails(SimulatedDay day)
    {
        var statements = day.Random.Next(12);
        day.AnyProcess().Statements.FailAfter(statements);
        day.Story.Tell($"the database will fail after {statements} statements");
    }

    /// <summary>The database, or the way to it, was away for a moment.</summary>
    public static void ConnectionsBreak(SimulatedDay day)
    {
        day.AnyProcess().LoseConnections();
        day.Story.Tell("the connections of a process break");
    }

    public static void ProcessCrashes(SimulatedDay day) => day.Crash();

    private static void Pass(SimulatedDay day, TimeSpan time)
    {
        day.Clock.Pass(time);
        day.Story.Tell($"{time} pass");
    }
}
