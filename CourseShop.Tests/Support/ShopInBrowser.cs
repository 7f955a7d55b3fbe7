using CourseShop.AlipaySimulator;
using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Tests.AlipaySimulator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Tests.Support;

/// <summary>
/// The whole shop at an address of its own that a browser can open, with the simulator for its Alipay.
/// Notifications are delivered and overdue orders are swept when a test says so.
/// </summary>
public sealed class ShopInBrowser : ShopHost
{
    public ShopInBrowser()
    {
        UseKestrel(0);
        StartServer();
        Address = Service<ShopAddress>().Own();
    }

    public string Address { get; }

    public Task<long> CourseIdAsync(string slug) => ReadAsync(db => db.Courses.Where(course => course.Slug == slug).Select(course => course.Id).SingleAsync());

    /// <summary>Alipay posts what it has to tell.</summary>
    public Task DeliverNotificationsAsync() => Service<NotificationSender>().DeliverDueAsync(CancellationToken.None);

    /// <summary>Time goes by, and the sweeper ticks.</summary>
    public Task LetPassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        return InScopeAsync<CloseUnpaidOrders, int>(close => close.RunAsync(CancellationToken.None));
    }

    protected override IReadOnlyDictionary<string, string?> AlipaySettings()
    {
        SimulatorHost.CopyKeys(DataFolder);
        return new Dictionary<string, string?>(StringComparer.Ordinal) { ["Alipay:Mode"] = "Simulator", ["Simulator:Speed"] = "1000" };
    }

    protected override void ConfigureAlipay(IServiceCollection services) =>
        services.Remove(services.Single(service => service.ImplementationType == typeof(NotificationWorker)));
}
