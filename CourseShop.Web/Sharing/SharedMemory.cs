using System.Diagnostics;
using CourseShop.Common;
using StackExchange.Redis;

namespace CourseShop.Sharing;

/// <summary>
/// What the servers of one shop share through Redis. All of it may be gone at any moment: whoever asks says what holds then. A Redis that is slow or away is
/// waited for briefly, then left alone for a while, so that no page waits for it again and again.
/// </summary>
public sealed class SharedMemory : IDisposable
{
    /// <summary>Before every key, so that the shop may share a Redis with others.</summary>
    public const string Prefix = "courseshop:";

    private static readonly TimeSpan LeftAlone = TimeSpan.FromSeconds(2);

    private readonly ConfigurationOptions? _options;
    private readonly TimeSpan _patience = TimeSpan.FromMilliseconds(200);
    private readonly ILogger<SharedMemory> _log;
    private readonly Lock _connecting = new();
    private Task<ConnectionMultiplexer>? _connection;
    private long _silentSince;

    public SharedMemory(IConfiguration configuration, ILogger<SharedMemory> log)
    {
        var setting = configuration.GetConnectionString("Redis");
        _options = Read(setting);
        if (_options is not null && setting!.Contains("syncTimeout", StringComparison.OrdinalIgnoreCase))
            _patience = TimeSpan.FromMilliseconds(_options.SyncTimeout);
        _log = log;
        if (IsSet)
            _ = ConnectAsync(); // so that the first who asks need not wait for it
    }

    /// <summary>The setting names a Redis; whether it answers is another question.</summary>
    public bool IsSet => _options is not null;

    /// <summary>Asks Redis, and never throws because of it.</summary>
    /// <param name="ask">What is asked; waited for 0.2 seconds, or as long as the setting's syncTimeout says.</param>
    /// <param name="otherwise">What holds where there is no Redis, or none that answers.</param>
    public async Task<T> AskAsync<T>(Func<IDatabase, Task<T>> ask, T otherwise)
    {
        if (_options is null || IsLeftAlone)
            return otherwise;
        try
        {
            var connection = await ConnectAsync().WaitAsync(_patience);
            var answer = await Heard(ask(connection.GetDatabase())).WaitAsync(_patience);
            if (Interlocked.Exchange(ref _silentSince, 0) != 0)
                _log.LogInformation("Redis answers again");
            return answer;
        }
        catch (Exception failure) when (IsOfRedis(failure))
        {
            if (Interlocked.Exchange(ref _silentSince, Stopwatch.GetTimestamp()) == 0)
                _log.LogWarning("Redis doesn't answer; the shop goes on without it: {Reason}", failure.Message);
            return otherwise;
        }
    }

    /// <summary>Tells every server that listens, this one too.</summary>
    public Task TellAsync(string channel) => AskAsync(redis => redis.PublishAsync(Prefix + channel, ""), 0L);

    /// <summary>Listens from now on, also after Redis was away.</summary>
    /// <returns>False: it doesn't answer; to be tried again.</returns>
    public Task<bool> ListenAsync(string channel, Action heard) => AskAsync(async redis =>
    {
        await redis.Multiplexer.GetSubscriber().SubscribeAsync(Prefix + channel, (_, _) => heard());
        return true;
    }, false);

    public void Dispose()
    {
        if (_connection is { IsCompletedSuccessfully: true } connection)
            connection.Result.Dispose();
    }

    private bool IsLeftAlone => Interlocked.Read(ref _silentSince) is not 0 and var since && Stopwatch.GetElapsedTime(since) < LeftAlone;

    /// <summary>One connection for all; it comes back by itself. Only one that could not be begun is begun again.</summary>
    private Task<ConnectionMultiplexer> ConnectAsync()
    {
        lock (_connecting)
            return _connection is null or { IsFaulted: true } or { IsCanceled: true } ? _connection = Heard(ConnectionMultiplexer.ConnectAsync(_options!)) : _connection;
    }

    private static ConfigurationOptions? Read(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
            return null;
        try
        {
            var options = ConfigurationOptions.Parse(setting);
            if (options.EndPoints.Count == 0)
                throw new WrongSettingException("ConnectionStrings:Redis names no server; it looks like 127.0.0.1:6379,password=….");
            options.AbortOnConnectFail = false;
            options.ConnectTimeout = 1_000;
            options.ClientName = "CourseShop";
            return options;
        }
        catch (ArgumentException wrong)
        {
            throw new WrongSettingException($"ConnectionStrings:Redis can't be read: {wrong.Message}");
        }
    }

    /// <summary>An answer that nobody waits for any more may fail unheard.</summary>
    private static Task<T> Heard<T>(Task<T> asked)
    {
        _ = asked.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return asked;
    }

    private static bool IsOfRedis(Exception failure) => failure is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException or OperationCanceledException or IOException or System.Net.Sockets.SocketException;
}
