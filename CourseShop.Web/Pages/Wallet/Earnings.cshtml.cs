using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Publishing;
using CourseShop.Wallets;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Wallet;

/// <summary>What tips brought in a month, as a bar of the chart. The chart is 600 by 200; a month is 50 wide.</summary>
public sealed record EarningBar(DateOnly Month, Money Amount, int X, int Y, int Height);

/// <summary>What an article brought.</summary>
public sealed record ArticleEarning(long Id, string Title, int Tips, Money Amount);

/// <summary>赞赏收入: what tips brought its author, by month and by article, after the platform's share.</summary>
public sealed class EarningsModel(ShopDb db, CurrentShopper shopper, TimeProvider clock) : PageModel
{
    private const int Months = 12;
    private const int MostArticles = 20;
    private const int Floor = 170;
    private const int Tallest = 140;
    private const int BarWidth = 50;

    public IReadOnlyList<EarningBar> Bars { get; private set; } = [];
    public IReadOnlyList<ArticleEarning> Articles { get; private set; } = [];
    public Money Total { get; private set; }
    public int Count { get; private set; }
    public int Supporters { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        var given = db.Tips.AsNoTracking().For(shopper.Id).Given();
        var today = clock.GetUtcNow().BeijingDay();
        var first = new DateOnly(today.Year, today.Month, 1).AddMonths(1 - Months);
        Count = await given.CountAsync(stop);
        Supporters = await given.Select(tip => tip.UserId).Distinct().CountAsync(stop);
        Total = new(await given.SumAsync(tip => (long)(object)tip.Amount, stop) - await given.SumAsync(tip => (long)(object)tip.Share, stop));

        var begin = first.StartInBeijing().ToUniversalTime();
        var recent = await given.Where(tip => tip.PaidAt >= begin).Select(tip => new { tip.PaidAt, tip.Amount, tip.Share }).ToListAsync(stop);
        var sums = recent.GroupBy(tip => new DateOnly(tip.PaidAt!.Value.BeijingDay().Year, tip.PaidAt.Value.BeijingDay().Month, 1)).ToDictionary(group => group.Key, group => group.Sum(tip => (tip.Amount - tip.Share).Fen));
        var most = Math.Max(1, sums.Values.DefaultIfEmpty().Max());
        Bars = Enumerable.Range(0, Months).Select(at =>
        {
            var month = first.AddMonths(at);
            var fen = sums.GetValueOrDefault(month);
            var height = fen == 0 ? 0 : (int)Math.Max(2, fen * Tallest / most);
            return new EarningBar(month, new(fen), at * BarWidth, Floor - height, height);
        }).ToList();
        Articles = await ReadArticlesAsync(given, stop);
    }

    private async Task<List<ArticleEarning>> ReadArticlesAsync(IQueryable<Tip> given, CancellationToken stop)
    {
        var sums = await given.GroupBy(tip => tip.ArticleId)
            .Select(group => new { Id = group.Key, Count = group.Count(), Amount = group.Sum(tip => (long)(object)tip.Amount), Share = group.Sum(tip => (long)(object)tip.Share) })
            .OrderByDescending(sum => sum.Amount).Take(MostArticles).ToListAsync(stop);
        var ids = sums.ConvertAll(sum => sum.Id);
        var titles = await db.Articles.Where(article => ids.Contains(article.Id)).Select(article => new { article.Id, article.Title }).ToDictionaryAsync(article => article.Id, article => article.Title, stop);
        return sums.ConvertAll(sum => new ArticleEarning(sum.Id, titles[sum.Id], sum.Count, new(sum.Amount - sum.Share)));
    }
}
