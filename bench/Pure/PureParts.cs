using System.Net;
using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using CourseShop.Common;
using CourseShop.Payments.Alipay;
using CourseShop.Pricing;
using CourseShop.Promotions;

namespace CourseShop.Bench;

/// <summary>What every checkout and every notification computes, without database or network.</summary>
[MemoryDiagnoser]
public class PureParts
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);
    private readonly PricingRules _rules = new();
    private AlipayKeyRing _keys = null!;
    private QuoteItem[] _items = [];
    private Campaign[] _campaigns = [];
    private byte[] _text = [];
    private byte[] _notification = [];
    private string _sign = "";

    [GlobalSetup]
    public void Prepare()
    {
        _keys = new AlipayKeyRing(RSA.Create(2048), [], AlipaySignType.Rsa2);
        var alipay = RSA.Create(2048);
        var fields = Enumerable.Range(0, 20).ToDictionary(place => $"field_{place:00}", place => $"值 {place}", StringComparer.Ordinal);
        fields["notify_id"] = "2026112000222000000000000000000001";
        _text = Encoding.UTF8.GetBytes(AlipaySignature.CanonicalText(fields.Append(new("sign_type", "RSA2")).Where(field => field.Key != "sign_type")));
        _sign = AlipaySignature.Sign(_text, alipay, AlipaySignType.Rsa2);
        _keys = _keys.With([alipay]);
        _notification = Encoding.ASCII.GetBytes(string.Join('&', fields.Append(new("sign_type", "RSA2")).Append(new("sign", _sign)).Select(field => $"{field.Key}={WebUtility.UrlEncode(field.Value)}")));
        _items = [.. Enumerable.Range(1, 5).Select(id => new QuoteItem(id, 1, $"课程 {id}", "/covers/a.svg", 500, id, null, new Money(19_900 + id)))];
        _campaigns =
        [
            new Campaign("限时折扣", CampaignKind.Percent, Now.AddDays(-1), Now.AddDays(1)).Taking(8_200, Money.Zero, [], Money.Zero).On([1, 2]),
            new Campaign("满减", CampaignKind.Tiers, Now.AddDays(-1), Now.AddDays(1)).Taking(10_000, Money.Zero, [new CampaignTier(new Money(10_000), new Money(1_000))], Money.Zero).On([2, 3]),
        ];
        if (AlipayNotification.Read(_notification, _keys).Message is null)
            throw new InvalidOperationException("The notification is not genuine: what would be measured is a refusal.");
    }

    [Benchmark]
    public Money Quote_of_five_courses_with_credits() => Quote.For(_items, _campaigns, new QuoteChoices(null, 300, 300), _rules, Now).Total;

    [Benchmark]
    public string Sign() => _keys.Sign(_text);

    [Benchmark]
    public bool Verify() => _keys.IsGenuine(_text, _sign);

    [Benchmark]
    public bool Read_and_verify_a_notification() => AlipayNotification.Read(_notification, _keys).Message is not null;
}
