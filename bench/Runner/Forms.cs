using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace CourseShop.Bench;

/// <summary>The forms that are sent: one line each, path, cookie and body; every one of them does something that was not done yet.</summary>
internal static class Forms
{
    /// <summary>A genuine notification of 23 fields for every order that waits at the cashier. Signing takes long, so they are kept beside the seeded shop.</summary>
    public static string Notifications(Workshop workshop, string seeded)
    {
        var file = Path.Combine(seeded, "notifications.txt");
        if (File.Exists(file))
            return file;
        using var key = workshop.AlipayKey();
        using var books = Books.Open(Path.Combine(seeded, "shop.db"));
        var due = Books.Rows(books, "SELECT OutTradeNo, Amount, Subject FROM Payments WHERE Status = 1 ORDER BY Id");
        var bodies = new ConcurrentDictionary<int, string>();
        Parallel.For(0, due.Count, place => bodies[place] = Notification(key, (string)due[place][0], (long)due[place][1], (string)due[place][2]));
        File.WriteAllLines(file, Enumerable.Range(0, due.Count).Select(place => $"/payments/alipay/notify\t\t{bodies[place]}"));
        return file;
    }

    /// <summary>Shoppers who each buy one course that they don't have, in which no campaign runs.</summary>
    public static string Checkouts(Visitors visitors, string folder, int count)
    {
        var buyers = visitors.SignIn(
            $"WHERE u.PasswordHash IS NULL AND EXISTS (SELECT 1 FROM Orders o WHERE o.UserId = u.Id) ORDER BY u.Id LIMIT {count.ToString(CultureInfo.InvariantCulture)}",
            $"{WantedTerm("CourseId")}, {WantedTerm("Id")}, {WantedTerm("Price")}");
        var file = Path.Combine(folder, "checkouts.txt");
        File.WriteAllLines(file, buyers.Where(buyer => buyer.More[0] > 0).Select(buyer =>
            $"/checkout?handler=place\t{buyer.Cookie}\tCourse={buyer.More[0]}&Term={buyer.More[1]}&AgreedTotal={buyer.More[2]}&AgreedLines=1&Key={Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}&user={buyer.Id}&Coupon=&Credits=&HadCredits=0&__RequestVerificationToken={buyer.Token}"));
        return file;
    }

    /// <summary>Guests with an empty cart who put one course into it.</summary>
    public static string CartAdds(Visitors visitors, string folder, int courses, int count)
    {
        var (cookie, token) = visitors.Guest();
        var file = Path.Combine(folder, "carts.txt");
        File.WriteAllLines(file, Enumerable.Range(0, count).Select(place =>
            $"/courses/{(place % courses + 1).ToString(CultureInfo.InvariantCulture)}?handler=Add\t{cookie}; __Host-cart={Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}\tterm=&__RequestVerificationToken={token}"));
        return file;
    }

    /// <summary>Orders are looked up by their shopper first (CROSS JOIN, +): SQLite would begin with all lines of a course.</summary>
    private static string WantedTerm(string column) => $"""
        (SELECT {column} FROM (SELECT t.CourseId, t.Id, t.Price, (t.CourseId * 31 + u.Id) % 47 AS Turn FROM AccessTerms t WHERE t.Days IS NULL AND t.Price > 0 AND NOT t.IsHidden AND t.CourseId NOT IN (SELECT CourseId FROM CampaignCourses)
           AND NOT EXISTS (SELECT 1 FROM Orders o CROSS JOIN OrderLines l ON l.OrderId = o.Id WHERE o.UserId = u.Id AND +l.CourseId = t.CourseId)) ORDER BY Turn, CourseId LIMIT 1)
        """;

    private static string Notification(RSA key, string number, long fen, string subject)
    {
        var amount = (fen / 100m).ToString("0.00", CultureInfo.InvariantCulture);
        var at = DateTime.UtcNow.AddHours(8).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["notify_time"] = at, ["notify_type"] = "trade_status_sync", ["notify_id"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(17)), ["charset"] = "utf-8", ["version"] = "1.0",
            ["app_id"] = Workshop.AppId, ["auth_app_id"] = Workshop.AppId, ["trade_no"] = $"{number[..8]}3300{number[8..]}", ["out_trade_no"] = number, ["buyer_id"] = "2088102122524333",
            ["buyer_logon_id"] = "159****5620", ["seller_id"] = Workshop.SellerId, ["seller_email"] = "shop@example.com", ["trade_status"] = "TRADE_SUCCESS", ["total_amount"] = amount, ["receipt_amount"] = amount,
            ["invoice_amount"] = amount, ["buyer_pay_amount"] = amount, ["point_amount"] = "0.00", ["subject"] = subject, ["gmt_create"] = at, ["gmt_payment"] = at,
            ["fund_bill_list"] = $"[{{\"amount\":\"{amount}\",\"fundChannel\":\"ALIPAYACCOUNT\"}}]",
        };
        var content = string.Join('&', fields.Select(field => $"{field.Key}={field.Value}"));
        var sign = Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        return string.Join('&', fields.Append(new("sign_type", "RSA2")).Append(new("sign", sign)).Select(field => $"{field.Key}={WebUtility.UrlEncode(field.Value)}"));
    }
}
