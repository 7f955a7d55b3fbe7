using CourseShop.Payments.Alipay;

namespace CourseShop.Tests.Payments.Alipay;

public sealed class AlipayBillAddressTests
{
    [Theory]
    [InlineData("https://dwbillcenter.alipay.com/downloadBillFile.resource?bizType=trade&token=a%2Fb", "https://dwbillcenter.alipay.com/downloadBillFile.resource?bizType=trade&token=a%2Fb")]
    [InlineData("http://dwbillcenter.alipay.com/x?a=1", "https://dwbillcenter.alipay.com/x?a=1")]
    [InlineData("https://DWBILLCENTER.ALIPAYDEV.COM/x", "https://dwbillcenter.alipaydev.com/x")]
    public void A_host_of_Alipays_is_fetched_by_https(string told, string fetched) => Assert.Equal(fetched, AlipayBillAddress.Trusted(told, own: null)?.AbsoluteUri);

    [Theory]
    [InlineData("https://alipay.com.evil.test/x")]
    [InlineData("https://evilalipay.com/x")]
    [InlineData("https://dwbillcenter.alipay.com@evil.test/x")]
    [InlineData("https://user@dwbillcenter.alipay.com/x")]
    [InlineData("https://dwbillcenter.alipay.com:8443/x")]
    [InlineData("https://evil.test/.alipay.com")]
    [InlineData("https://evil.test\\.alipay.com/x")]
    [InlineData("http://127.0.0.1:5080/x")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("ftp://dwbillcenter.alipay.com/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/alipay-simulator/bill")]
    [InlineData("")]
    public void No_other_host_is(string told) => Assert.Null(AlipayBillAddress.Trusted(told, own: null));

    [Fact]
    public void The_shops_own_address_is_fetched_from_the_simulator_only()
    {
        Assert.Equal("http://127.0.0.1:5080/alipay-simulator/bill?a=1", AlipayBillAddress.Trusted("http://127.0.0.1:5080/alipay-simulator/bill?a=1", "http://127.0.0.1:5080")?.AbsoluteUri);
        Assert.Null(AlipayBillAddress.Trusted("http://127.0.0.1:5081/alipay-simulator/bill", "http://127.0.0.1:5080"));
        Assert.Null(AlipayBillAddress.Trusted("https://dwbillcenter.alipay.com/x", "http://127.0.0.1:5080"));
    }
}
