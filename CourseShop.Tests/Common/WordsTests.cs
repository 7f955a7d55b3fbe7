using System.Text.RegularExpressions;
using System.Xml.Linq;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Common;

/// <summary>Every sentence that a person reads has its English, and nothing is translated that nobody says.</summary>
public sealed partial class WordsTests
{
    private static readonly string Web = Path.Combine(ShopFolder.Repository, "CourseShop.Web");

    /// <summary>Chinese that is not for the reader's language: names, what is said at the console, what Alipay shows and answers.</summary>
    private static readonly HashSet<string> NotWords = new(StringComparer.Ordinal)
    {
        "课程商店", // the shop's name until it is given one
        "等门课程", // an order's title at Alipay
    };

    /// <summary>Files whose Chinese is read by operators or by the other side of the wire.</summary>
    private static readonly string[] SpeaksToOthers =
    [
        "AlipaySimulator/AnswerCall.cs", "AlipaySimulator/Bill", "AlipaySimulator/CloseTrade.cs", "AlipaySimulator/DownloadCertificate.cs",
        "AlipaySimulator/GatewayEndpoint.cs", "AlipaySimulator/GatewayFault.cs", "AlipaySimulator/GatewayRequest.cs", "AlipaySimulator/PayPageContent.cs",
        "AlipaySimulator/QueryBillAddress.cs", "AlipaySimulator/QueryTransfer.cs", "AlipaySimulator/RefundContent.cs", "AlipaySimulator/RefundTrade.cs",
        "AlipaySimulator/SimulatorCertificates.cs", "AlipaySimulator/StartTrade.cs", "AlipaySimulator/TransferContent.cs", "AlipaySimulator/TransferMoney.cs",
        "Data/SampleArticles.cs", "Data/SampleOrder.cs", "Data/SampleShop", "Data/SeedOrders.cs", "Operations/PrepareShop.cs", "Operations/ShopCommands.cs", "Payments/Alipay/AlipayBill", "Payments/Alipay/AlipayKeyRing.cs",
        "Payments/Alipay/AlipayKeys.cs", "Payments/Alipay/AlipayRoots.cs", "Payments/Alipay/CertificateFiles.cs", "Payments/Alipay/CertificateText.cs",
        "Payments/SendRefund.cs",
    ];

    /// <summary>English takes another of the arguments than Chinese does.</summary>
    private static readonly HashSet<string> OwnPlaceholders = new(StringComparer.Ordinal) { "{0} 折" };

    private static readonly Dictionary<string, string> English = XDocument.Load(Path.Combine(Web, "Common", "Words.en.resx")).Root!.Elements("data")
        .ToDictionary(pair => pair.Attribute("name")!.Value, pair => pair.Element("value")!.Value, StringComparer.Ordinal);

    [Fact]
    public void Every_sentence_has_its_English() => AssertNone(Said().Where(key => !English.ContainsKey(key)));

    [Fact]
    public void Nothing_is_translated_that_nobody_says() => AssertNone(English.Keys.Except(Said(), StringComparer.Ordinal));

    [Fact]
    public void Nothing_Chinese_stands_in_a_page_that_the_localizer_does_not_see() => AssertNone(
        from file in Files("*.cshtml", "*.razor")
        from line in SourceWords.InMarkup(File.ReadAllText(file)).Left
        select $"{Path.GetRelativePath(Web, file)}: {line}");

    [Fact]
    public void English_fills_the_same_places() => AssertNone(
        from pair in English
        where !OwnPlaceholders.Contains(pair.Key) && !Places(pair.Key).SetEquals(Places(pair.Value))
        select $"{pair.Key} → {pair.Value}");

    [Fact]
    public void English_is_English() => AssertNone(
        from pair in English
        where string.IsNullOrWhiteSpace(pair.Value) || SourceWords.HasChinese(pair.Value)
        select $"{pair.Key} → {pair.Value}");

    [Fact]
    public void The_reader_of_the_source_finds_what_is_said()
    {
        const string code = """
            var a = L["甲乙"]; // 注释里的
            var b = $"{words["丙丁"]} 之外 {L["戊己", 1]}"; /* 也是注释 */
            var c = isPaid ? new Refusal("庚{0}辛", 'x') : throw new X("plain");
            """;

        Assert.Equal(["丙丁", "之外", "庚{0}辛", "戊己", "甲乙"], SourceWords.InCode(code).Select(key => key.Trim()).Where(key => key.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_reader_of_the_pages_finds_what_is_left()
    {
        var (keys, left) = SourceWords.InMarkup("""
            @* 注释 *@ <h1 title="@L["甲乙"]">@(isPaid ? "丙丁" : L["戊己", 1])</h1>
            <span class="zi" aria-hidden="true">空</span><p title="庚辛">@L["壬癸"]</p>
            """);

        Assert.Equal(["甲乙", "戊己", "壬癸", "丙丁"], keys);
        Assert.Contains("庚辛", Assert.Single(left), StringComparison.Ordinal);
    }

    private static HashSet<string> Said()
    {
        var inCode = Files("*.cs").Where(file => !SpeaksToOthers.Any(other => Path.GetRelativePath(Web, file).StartsWith(other, StringComparison.Ordinal))).SelectMany(file => SourceWords.InCode(File.ReadAllText(file)));
        var inMarkup = Files("*.cshtml", "*.razor").SelectMany(file => SourceWords.InMarkup(File.ReadAllText(file)).Keys);
        return inCode.Concat(inMarkup).Where(key => !NotWords.Contains(key)).ToHashSet(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Files(params string[] patterns) => patterns
        .SelectMany(pattern => Directory.EnumerateFiles(Web, pattern, SearchOption.AllDirectories))
        .Where(file => !Elsewhere().IsMatch(Path.GetRelativePath(Web, file)));

    private static HashSet<string> Places(string text) => Place().Matches(text).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);

    private static void AssertNone(IEnumerable<string> wrong)
    {
        var list = wrong.Order(StringComparer.Ordinal).ToList();
        Assert.True(list.Count == 0, $"{list.Count}:\n{string.Join('\n', list)}");
    }

    [GeneratedRegex("^(bin|obj|Data/Migrations|Data/Compiled)/")]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"\{\d+(:[^}]*)?\}")]
    private static partial Regex Place();
}
