using CourseShop.Tests.Support;
namespace CourseShop.Tests.Operations;
public sealed class CheckMoneyTests : IDisposable
{
    private readonly ShopHost _shop = new();
    public void Dispose() => _shop.Dispose();
    [Fact]
    public async Task An_empty_shop_is_clean() => await _shop.AssertHoldAsync();
}
