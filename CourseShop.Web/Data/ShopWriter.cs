namespace CourseShop.Data;

/// <summary>
/// The one way in which anything is written. A unit loads, lets nouns decide, and saves; it may be run again and awaits nothing outside
/// the database.
/// </summary>
public abstract class ShopWriter
{
    /// <summary>Runs a unit and returns when it is on disk. What the unit throws is thrown here; a unit that has begun is not stopped.</summary>
    public abstract Task<T> RunAsync<T>(Func<ShopDb, CancellationToken, Task<T>> unit, CancellationToken stop);
}

/// <summary>The database was held by somebody else, or away, for too long: nothing was written, and the request may be sent again.</summary>
public sealed class ShopBusyException() : Exception("The database could not be written in time.");
