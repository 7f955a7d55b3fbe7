using CourseShop.Common;
using CourseShop.Payments.Alipay;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Payments.Alipay;

public sealed class AlipayReturnTests
{
    private const string Cases = "return_verify.json";

    public static TheoryData<string> Ids => Vectors.Ids(Cases);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Only_what_Alipay_signed_is_believed(string id)
    {
        var one = Vectors.Case(Cases, id);

        var (message, rejection) = AlipayReturn.Read(new Uri(one.Text("url")).Query, FakeAlipay.Keys);

        Assert.Equal(message is null, rejection != AlipayRejection.None);
        Assert.Equal(one.Text("expect") is "valid" or "either", message is not null);
        if (message is not null)
            Assert.Equal((Money.Yuan(99), "2026030122001400001000000001", true), (message.Amount, message.TradeNo, message.IsFor(FakeAlipay.Options)));
    }

    [Fact]
    public void An_odd_number_comes_back_whole()
    {
        var url = Vectors.Case(Cases, "ok-odd-order-no").Text("url");

        Assert.Equal("中文-订单 1+1=2&3%", AlipayReturn.Read(new Uri(url).Query, FakeAlipay.Keys).Message!.OutTradeNo);
    }

    [Fact]
    public void A_return_of_ours_is_read()
    {
        var message = AlipayReturn.Read(FakeAlipay.Return("CS1", "2026", new Money(8880)), FakeAlipay.Keys).Message;

        Assert.Equal(new AlipayReturn("CS1", "2026", new Money(8880), FakeAlipay.AppId, FakeAlipay.SellerId), message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("?中=文")]
    [InlineData("?sign=AAAA&sign_type=RSA2")]
    public void Nothing_is_no_return(string query) => Assert.Null(AlipayReturn.Read(query, FakeAlipay.Keys).Message);
}
