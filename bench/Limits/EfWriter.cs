using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Bench;

/// <summary>The rows through EF: one context kept on the writer's connection, its tracker cleared between units.</summary>
internal sealed class EfWriter : GroupCommit
{
    private const int Paid = 1;
    private const int Settled = 2;
    private const int PaidStep = 2;
    private const int SettledVerdict = 1;
    private const long Day = 86_400_000;

    private readonly EfRows _rows;

    public EfWriter(string database)
        : base(database)
    {
        _rows = new EfRows(database);
        _rows.Database.SetDbConnection(Connection);
        _rows.Database.AutoSavepointsEnabled = false;
        Start();
    }

    public static string NewNumber() => DateTime.UtcNow.ToString("yyyyMMdd", CultureInfo.InvariantCulture) + RandomNumberGenerator.GetString("0123456789", 16);

    protected override void Begin(SqliteTransaction transaction) => _rows.Database.UseTransaction(transaction);

    protected override void Clear() => _rows.ChangeTracker.Clear();

    protected override string Write(SqliteTransaction transaction, Trade trade)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        if (_rows.Notifications.Any(known => known.NotifyId == trade.NotifyId))
            return trade.OutTradeNo;
        var payment = _rows.Payments.Single(payment => payment.OutTradeNo == trade.OutTradeNo && !payment.IsExtra);
        var order = _rows.Orders.Include(order => order.Lines).Single(order => order.Number == payment.PurposeNumber);
        payment.Status = Settled;
        payment.TradeNo = trade.TradeNo;
        payment.AmountReceived = payment.Amount;
        payment.Buyer = trade.Buyer;
        payment.PaidAt = payment.ReceivedAt = now;
        order.Status = Paid;
        order.PaidAt = now;
        order.Events.Add(new EventRow { Kind = PaidStep, At = now });
        foreach (var line in order.Lines)
        {
            _rows.Enrollments.Add(new EnrollmentRow { UserId = order.UserId, CourseId = line.CourseId, StartsAt = now, EndsAt = now + line.TermDays * Day, OrderLineId = line.Id, TradeNo = trade.TradeNo, PaidAt = now });
            _rows.Courses.Where(course => course.Id == line.CourseId).ExecuteUpdate(set => set.SetProperty(course => course.Learners, course => course.Learners + 1));
        }

        _rows.Notifications.Add(new NotificationRow { NotifyId = trade.NotifyId, OutTradeNo = trade.OutTradeNo, TradeNo = trade.TradeNo, TradeStatus = trade.Status, Body = trade.Status, Verdict = SettledVerdict, ReceivedAt = now });
        _rows.SaveChanges();
        return trade.OutTradeNo;
    }

    protected override string Write(SqliteTransaction transaction, Wish wish)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var number = NewNumber();
        var course = _rows.Courses.AsNoTracking().Single(course => course.Id == wish.CourseId);
        var term = _rows.Terms.AsNoTracking().Single(term => term.Id == wish.TermId);
        var order = new OrderRow { Number = number, UserId = wish.UserId, CheckoutKey = wish.Key, Title = course.Title, ListTotal = term.Price, Total = term.Price, CreatedAt = now, PayBy = now + Day };
        order.Lines.Add(new LineRow { CourseId = course.Id, CourseTitle = course.Title, CoverPath = course.CoverPath, TermId = term.Id, TermDays = term.Days, ListPrice = term.Price, Price = term.Price, Amount = term.Price });
        order.Events.Add(new EventRow { At = now });
        _rows.Orders.Add(order);
        _rows.Payments.Add(new PaymentRow { PurposeNumber = number, OutTradeNo = number, Amount = term.Price, Subject = course.Title, CreatedAt = now, PayBy = now + Day });
        _rows.SaveChanges();
        return number;
    }
}
