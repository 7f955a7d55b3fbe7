using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace CourseShop.AlipaySimulator;

/// <summary>One call of the gateway, as the control page lists it.</summary>
public sealed record GatewayCall(DateTimeOffset At, string Method, string OutTradeNo, string Outcome);

/// <summary>The simulator's own memory: one SQLite file beside the shop's data. One connection, one at a time; other processes wait their turn.</summary>
public sealed partial class SimulatorStore : IDisposable
{
    private const int CallsKept = 200;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock turn = new();
    private readonly SqliteConnection connection;
    private bool isInside;

    /// <summary>Opens the file, making it when it is missing.</summary>
    public SimulatorStore(string path)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        Execute("PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
        Execute("""
            CREATE TABLE IF NOT EXISTS trades (trade_no TEXT PRIMARY KEY, out_trade_no TEXT NOT NULL, facts TEXT NOT NULL) STRICT;
            CREATE INDEX IF NOT EXISTS trades_out_trade_no ON trades (out_trade_no);
            CREATE TABLE IF NOT EXISTS notifications (notify_id TEXT PRIMARY KEY, due_at INTEGER, facts TEXT NOT NULL) STRICT;
            CREATE INDEX IF NOT EXISTS notifications_due_at ON notifications (due_at) WHERE due_at IS NOT NULL;
            CREATE TABLE IF NOT EXISTS transfers (out_biz_no TEXT PRIMARY KEY, facts TEXT NOT NULL) STRICT;
            CREATE TABLE IF NOT EXISTS switches (which TEXT PRIMARY KEY, facts TEXT NOT NULL) STRICT;
            CREATE TABLE IF NOT EXISTS calls (id INTEGER PRIMARY KEY, facts TEXT NOT NULL) STRICT;
            """);
    }

    /// <summary>Several reads and writes as one: all of it or nothing, and nobody else in between. Inside another one it is part of that.</summary>
    public T Atomically<T>(Func<T> work)
    {
        lock (turn)
        {
            if (isInside)
                return work();

            using var transaction = connection.BeginTransaction(); // immediate: waits for other processes here
            isInside = true;
            try
            {
                var result = work();
                transaction.Commit();
                return result;
            }
            finally
            {
                isInside = false;
            }
        }
    }

    /// <inheritdoc cref="Atomically{T}" />
    public void Atomically(Action work) => Atomically(() =>
    {
        work();
        return true;
    });

    /// <summary>The trade of this number; by the shop's number the first one, should the customer have paid twice.</summary>
    public Trade? FindTrade(string tradeNo, string outTradeNo = "") => tradeNo.Length > 0
        ? Read<Trade>("SELECT facts FROM trades WHERE trade_no = $1", tradeNo).SingleOrDefault()
        : Read<Trade>("SELECT facts FROM trades WHERE out_trade_no = $1 ORDER BY rowid LIMIT 1", outTradeNo).SingleOrDefault();

    public void Save(Trade trade) => Execute(
        "INSERT INTO trades VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET facts = excluded.facts",
        trade.TradeNo, trade.OutTradeNo, JsonSerializer.Serialize(trade, Json));

    public Notification? FindNotification(string notifyId) => Read<Notification>("SELECT facts FROM notifications WHERE notify_id = $1", notifyId).SingleOrDefault();

    /// <summary>The notifications to be delivered by now, the oldest first.</summary>
    public IReadOnlyList<Notification> DueNotifications(DateTimeOffset now)
        => Read<Notification>("SELECT facts FROM notifications WHERE due_at <= $1 ORDER BY due_at, rowid LIMIT 50", now.ToUnixTimeMilliseconds());

    public void Save(Notification notification) => Execute(
        "INSERT INTO notifications VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET due_at = excluded.due_at, facts = excluded.facts",
        notification.NotifyId, (object?)notification.DueAt?.ToUnixTimeMilliseconds() ?? DBNull.Value, JsonSerializer.Serialize(notification, Json));

    /// <summary>How a switch stands.</summary>
    public SwitchState StateOf(Switch which)
        => Read<SwitchState>("SELECT facts FROM switches WHERE which = $1", which.ToString()).SingleOrDefault() ?? new SwitchState(which, 0, 5);

    /// <summary>Turns a switch on or off.</summary>
    public void Save(SwitchState state) => Execute(
        "INSERT INTO switches VALUES ($1, $2) ON CONFLICT DO UPDATE SET facts = excluded.facts",
        state.Which.ToString(), JsonSerializer.Serialize(state, Json));

    /// <summary>Whether a switch is on for this payment or call; counts it off.</summary>
    public bool Obeys(Switch which) => Obeys(which, out _);

    /// <summary>Whether a switch is on for this payment or call, and the delay it asks for; counts it off.</summary>
    public bool Obeys(Switch which, out TimeSpan delay)
    {
        var state = Atomically(() =>
        {
            var found = StateOf(which);
            if (found.Left > 0)
                Save(found.Obeyed());
            return found;
        });
        delay = state.IsOn ? TimeSpan.FromSeconds(state.Seconds) : TimeSpan.Zero;
        return state.IsOn;
    }

    public void Save(GatewayCall call) => Atomically(() =>
    {
        Execute("INSERT INTO calls (facts) VALUES ($1)", JsonSerializer.Serialize(call, Json));
        Execute("DELETE FROM calls WHERE id <= (SELECT max(id) FROM calls) - $1", CallsKept);
    });

    public IReadOnlyList<Trade> LatestTrades(int count) => Read<Trade>("SELECT facts FROM trades ORDER BY rowid DESC LIMIT $1", count);

    public IReadOnlyList<Notification> LatestNotifications(int count) => Read<Notification>("SELECT facts FROM notifications ORDER BY rowid DESC LIMIT $1", count);

    public IReadOnlyList<GatewayCall> LatestCalls(int count) => Read<GatewayCall>("SELECT facts FROM calls ORDER BY id DESC LIMIT $1", count);

    /// <inheritdoc />
    public void Dispose() => connection.Dispose();

    private List<T> Read<T>(string sql, params object[] values)
    {
        lock (turn)
        {
            using var command = Command(sql, values);
            using var rows = command.ExecuteReader();
            var found = new List<T>();
            while (rows.Read())
                found.Add(JsonSerializer.Deserialize<T>(rows.GetString(0), Json)!);
            return found;
        }
    }

    private void Execute(string sql, params object[] values)
    {
        lock (turn)
        {
            using var command = Command(sql, values);
            command.ExecuteNonQuery();
        }
    }

    private SqliteCommand Command(string sql, object[] values)
    {
        var command = connection.CreateCommand(); // takes part in the connection's open transaction
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        return command;
    }
}
