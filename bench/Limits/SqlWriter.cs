using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CourseShop.Bench;

/// <summary>The same rows by prepared statements.</summary>
internal sealed class SqlWriter : GroupCommit
{
    private const long Day = 86_400_000;

    private readonly Statement _known, _payment, _order, _lines, _settle, _pay, _step, _grant, _count, _notification, _course, _newOrder, _newLine, _newPayment;
    private SqliteTransaction? _current;

    public SqlWriter(string database)
        : base(database)
    {
        Statement Prepare(string sql) => new(Connection, sql);
        _known = Prepare("SELECT 1 FROM PaymentNotifications WHERE NotifyId = @0");
        _payment = Prepare("SELECT Id, PurposeNumber FROM Payments WHERE OutTradeNo = @0 AND IsExtra = 0");
        _order = Prepare("SELECT Id, UserId FROM Orders WHERE Number = @0");
        _lines = Prepare("SELECT Id, CourseId, TermDays FROM OrderLines WHERE OrderId = @0");
        _settle = Prepare("UPDATE Payments SET Status = 2, TradeNo = @1, AmountReceived = Amount, Buyer = @2, PaidAt = @3, ReceivedAt = @3 WHERE Id = @0 AND Status = 1");
        _pay = Prepare("UPDATE Orders SET Status = 1, PaidAt = @1 WHERE Id = @0 AND Status = 0");
        _step = Prepare("INSERT INTO OrderEvents (OrderId, Kind, At) VALUES (@0, @1, @2)");
        _grant = Prepare("INSERT INTO Enrollments (UserId, CourseId, Source, StartsAt, EndsAt, OrderLineId, TradeNo, PaidAt) VALUES (@0, @1, 0, @2, @3, @4, @5, @2)");
        _count = Prepare("UPDATE Courses SET Learners = Learners + 1 WHERE Id = @0");
        _notification = Prepare("INSERT INTO PaymentNotifications (Channel, NotifyId, OutTradeNo, TradeNo, TradeStatus, Body, Verdict, RemoteAddress, ReceivedAt) VALUES (0, @0, @1, @2, @3, @3, 1, '', @4)");
        _course = Prepare("SELECT c.Title, c.CoverPath, t.Price, t.Days FROM Courses c JOIN AccessTerms t ON t.CourseId = c.Id WHERE c.Id = @0 AND t.Id = @1");
        _newOrder = Prepare("INSERT INTO Orders (Number, UserId, CheckoutKey, Status, Title, ListTotal, CampaignDiscount, CouponDiscount, CreditDiscount, Total, Credits, CreatedAt, PayBy) VALUES (@0, @1, @2, 0, @3, @4, 0, 0, 0, @4, 0, @5, @6) RETURNING Id");
        _newLine = Prepare("INSERT INTO OrderLines (OrderId, Position, CourseId, CourseTitle, CoverPath, TermId, TermDays, IsFreeCampaign, ListPrice, CampaignDiscount, Price, CouponShare, CreditShare, Credits, Amount) VALUES (@0, 0, @1, @2, @3, @4, @5, 0, @6, 0, @6, 0, 0, 0, @6)");
        _newPayment = Prepare("INSERT INTO Payments (Purpose, PurposeNumber, Channel, OutTradeNo, Amount, Subject, Status, PayBy, CreatedAt, AlreadyRefunded, Refunded, IsExtra) VALUES (0, @0, 0, @0, @1, @2, 0, @3, @4, 0, 0, 0)");
        Start();
    }

    protected override void Begin(SqliteTransaction transaction) => _current = transaction;

    protected override void Clear()
    {
    }

    protected override string Write(SqliteTransaction transaction, Trade trade)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        if (_known.Row(_current, trade.NotifyId) is not null)
            return trade.OutTradeNo;
        var payment = _payment.Row(_current, trade.OutTradeNo)!;
        var order = _order.Row(_current, payment[1])!;
        _settle.Run(_current, payment[0], trade.TradeNo, trade.Buyer, now);
        _pay.Run(_current, order[0], now);
        _step.Run(_current, order[0], 2, now);
        foreach (var line in _lines.Rows(_current, order[0]))
        {
            _grant.Run(_current, order[1], line[1], now, line[2] is long days ? now + days * Day : DBNull.Value, line[0], trade.TradeNo);
            _count.Run(_current, line[1]);
        }

        _notification.Run(_current, trade.NotifyId, trade.OutTradeNo, trade.TradeNo, trade.Status, now);
        return trade.OutTradeNo;
    }

    protected override string Write(SqliteTransaction transaction, Wish wish)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var number = EfWriter.NewNumber();
        var course = _course.Row(_current, wish.CourseId, wish.TermId)!;
        var id = _newOrder.Row(_current, number, wish.UserId, wish.Key, course[0], course[2], now, now + Day)![0];
        _newLine.Run(_current, id, wish.CourseId, course[0], course[1], wish.TermId, course[3], course[2]);
        _step.Run(_current, id, 0, now);
        _newPayment.Run(_current, number, course[2], course[0], now + Day, now);
        return number;
    }

    private sealed class Statement
    {
        private readonly SqliteCommand _command;

        public Statement(SqliteConnection connection, string sql)
        {
            _command = connection.CreateCommand();
            _command.CommandText = sql;
            for (var at = 0; sql.Contains($"@{at.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal); at++)
                _command.Parameters.Add(new SqliteParameter { ParameterName = $"@{at.ToString(CultureInfo.InvariantCulture)}" });
            _command.Prepare();
        }

        public void Run(SqliteTransaction? transaction, params ReadOnlySpan<object> values)
        {
            Bind(transaction, values);
            _command.ExecuteNonQuery();
        }

        public object[]? Row(SqliteTransaction? transaction, params ReadOnlySpan<object> values) => Rows(transaction, values).FirstOrDefault();

        public List<object[]> Rows(SqliteTransaction? transaction, params ReadOnlySpan<object> values)
        {
            Bind(transaction, values);
            using var reader = _command.ExecuteReader();
            var rows = new List<object[]>();
            while (reader.Read())
            {
                var row = new object[reader.FieldCount];
                reader.GetValues(row);
                rows.Add(row);
            }

            return rows;
        }

        private void Bind(SqliteTransaction? transaction, ReadOnlySpan<object> values)
        {
            _command.Transaction = transaction;
            for (var at = 0; at < values.Length; at++)
                _command.Parameters[at].Value = values[at];
        }
    }
}
