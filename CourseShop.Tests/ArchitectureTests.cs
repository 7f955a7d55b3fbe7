using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using CourseShop.Common;
using CourseShop.Tests.Support;

namespace CourseShop.Tests;

/// <summary>The arrows between the folders, and what nouns, pages and the simulator may touch; read from the compiled code.</summary>
public sealed partial class ArchitectureTests
{
    private const string Nothing = "";

    /// <summary>Who may use whom, besides Common. What isn't listed is forbidden.</summary>
    private static readonly Dictionary<string, string> Arrows = new(StringComparer.Ordinal)
    {
        ["Common"] = Nothing,
        ["Sharing"] = Nothing,
        ["Catalog"] = "Data Sharing",
        ["Accounts"] = "Data Sharing",
        ["Promotions"] = "Catalog Accounts Data",
        ["Pricing"] = "Catalog Promotions",
        ["Learning"] = "Catalog Accounts Data",
        ["Carts"] = "Catalog Accounts Promotions Pricing Learning Data",
        ["Payments"] = "Data Sharing",
        ["Payments.Alipay"] = "Payments Data Sharing",
        ["Wallets"] = "Payments Accounts Messaging Data Sharing",
        ["Ordering"] = "Catalog Accounts Promotions Pricing Learning Carts Payments Wallets Data Sharing",
        ["Messaging"] = "Data",
        ["Publishing"] = "Catalog Accounts Messaging Payments Wallets Data Sharing",
        ["Data"] = "Catalog Accounts Messaging Promotions Pricing Learning Carts Payments Wallets Ordering Publishing Operations",
        ["Operations"] = "Catalog Accounts Promotions Pricing Learning Carts Payments Payments.Alipay Wallets Ordering Publishing Data Sharing",
        ["Components"] = "Catalog Messaging Promotions Pricing Learning Carts Payments Wallets Ordering Publishing",
        ["AlipaySimulator"] = Nothing,
        ["Pages"] = "Catalog Accounts Messaging Promotions Pricing Learning Carts Payments Payments.Alipay Wallets Ordering Publishing Data Operations Components Sharing",
        ["Pages.AlipaySimulator"] = "AlipaySimulator Pages",
        ["Program"] = "Catalog Accounts Messaging Promotions Pricing Learning Carts Payments Payments.Alipay Wallets Ordering Publishing Data Operations AlipaySimulator Pages Sharing",
    };

    /// <summary>Where nouns live beside verbs.</summary>
    private static readonly string[] Modules = ["Common", "Catalog", "Accounts", "Promotions", "Pricing", "Learning", "Carts", "Payments", "Payments.Alipay", "Wallets", "Ordering", "Messaging", "Publishing"];

    /// <summary>Neither nouns nor verbs: steps that several verbs share, what reads a request or a file, what plugs into the framework.</summary>
    private static readonly string[] Helpers =
    [
        "Accounts.CurrentShopper", "Accounts.EndingSessions", "Accounts.IdentityWords", "Accounts.PasswordChecks", "Accounts.PasswordLinks", "Accounts.RoleRows", "Accounts.SessionCookie", "Accounts.ShopCookies", "Accounts.SignInLimit", "Accounts.UnknownNames",
        "Catalog.CatalogueCache",
        "Common.ShopAddress", "Common.ShopSettings", "Common.StudyGroupOptions",
        "Learning.LessonMedia",
        "Messaging.Telling",
        "Ordering.Basket", "Ordering.OrderDelivery", "Ordering.OrderEnding", "Ordering.OrderFromBalance", "Ordering.OrderPayments", "Ordering.OrderReturn", "Ordering.RefundCase",
        "Payments.Attempts", "Payments.IHouseChannel", "Payments.IPaymentReceiver", "Payments.PayPages",
        "Payments.Alipay.AlipayClient", "Payments.Alipay.ForgeryLimit",
        "Promotions.Issuing",
        "Publishing.ArticleCounts", "Publishing.Drafting", "Publishing.PictureStore", "Publishing.TipPayments",
        "Wallets.BalanceChannel", "Wallets.TopUpPayments", "Wallets.Withdrawable", "Wallets.WithdrawalEnding",
    ];

    private static readonly List<Type> Types = [.. typeof(Money).Assembly.GetTypes().Where(type => type.DeclaringType is null && Folder(type) is not null)];

    [Fact]
    public void Modules_use_each_other_only_along_the_arrows()
    {
        var wrong =
            from type in Types
            let mine = Folder(type)!
            from other in TypeUse.Of(type)
            let theirs = other.Assembly == type.Assembly ? Folder(other) : null
            where theirs is not null && theirs != mine && theirs != "Common" && !Arrows[mine].Split(' ').Contains(theirs)
            select $"{mine}: {type.Name} uses {theirs}.{other.Name}";

        AssertNone(wrong);
    }

    [Fact]
    public void Every_folder_has_its_arrows() => Assert.Empty(Types.Select(type => Folder(type)!).Distinct().Except(Arrows.Keys));

    [Fact]
    public void Nouns_know_neither_database_nor_web_nor_verbs()
    {
        var nouns = Types.Where(IsNoun).ToHashSet();
        var wrong =
            from noun in nouns
            where noun.Name != "ShopUser" // derives from Identity's user
            from other in TypeUse.Of(noun)
            where other.Assembly == noun.Assembly
                ? Folder(other) is not null && !nouns.Contains(other) && !IsSettings(other)
                : !other.Namespace!.StartsWith("System", StringComparison.Ordinal)
            select $"{noun.FullName} uses {other.FullName}";

        Assert.True(nouns.Count > 50, "the nouns are found");
        AssertNone(wrong);
    }

    [Fact]
    public void Nouns_change_only_by_their_own_methods()
    {
        var wrong =
            from noun in Types.Where(IsNoun)
            where noun.Name is not ("ShopUser" or "PricingRules") // Identity's; a section of the settings
            from property in noun.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            where property.SetMethod is { IsPublic: true } setter && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
            select $"{noun.FullName}.{property.Name} can be set by anybody";

        AssertNone(wrong);
    }

    [Fact]
    public void A_verb_has_one_way_in()
    {
        var wrong =
            from verb in Types.Where(type => Modules.Contains(Folder(type)) && IsVerb(type))
            let ways = verb.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Where(method => !method.IsSpecialName).Select(method => method.Name).ToList()
            where ways.Count != 1
            select $"{verb.FullName}: {string.Join(", ", ways)}";

        AssertNone(wrong);
    }

    [Fact]
    public void Pages_neither_save_nor_pay()
    {
        var wrong =
            from path in Directory.EnumerateFiles(System.IO.Path.Combine(ShopFolder.Repository, "CourseShop.Web", "Pages"), "*.cs*", SearchOption.AllDirectories)
            from Match word in VerbsWork().Matches(File.ReadAllText(path))
            select $"{System.IO.Path.GetRelativePath(ShopFolder.Repository, path)} mentions {word.Value}";

        AssertNone(wrong);
    }

    private static bool IsNoun(Type type) => Modules.Contains(Folder(type)) && !IsVerb(type) && !IsSettings(type) && !Role().IsMatch(type.Name) && !Helpers.Contains(Path(type));

    private static bool IsVerb(Type type) => type.GetMethod("RunAsync", BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly) is not null;

    private static bool IsSettings(Type type) => type.Name.EndsWith("Options", StringComparison.Ordinal);

    /// <summary>The folder whose arrows hold for a type; null for what the compiler made.</summary>
    private static string? Folder(Type type) => type switch
    {
        { Name: "Program", Namespace: null } => "Program",
        { Namespace: "AspNetCoreGeneratedDocument" } => type.Name.StartsWith("Pages_AlipaySimulator", StringComparison.Ordinal) ? "Pages.AlipaySimulator" : "Pages",
        { Namespace: { } name } when name.StartsWith("CourseShop.", StringComparison.Ordinal) => name["CourseShop.".Length..] switch
        {
            "Payments.Alipay" or "Pages.AlipaySimulator" => name["CourseShop.".Length..],
            var path => path.Split('.')[0],
        },
        _ => null,
    };

    private static string Path(Type type) => type.FullName!["CourseShop.".Length..];

    private static void AssertNone(IEnumerable<string> wrong)
    {
        var list = wrong.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Assert.True(list.Count == 0, string.Join('\n', list));
    }

    [GeneratedRegex("(Scopes|Module|Endpoint|Endpoints|Sweeper|Worker|Gateway|OptionsCheck)$")]
    private static partial Regex Role();

    [GeneratedRegex(@"\b(SaveChanges(Async)?|ExecuteUpdate(Async)?|ExecuteDelete(Async)?|IPaymentGateway|ShopWriter)\b")]
    private static partial Regex VerbsWork();
}
