using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Operations;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Admin;

/// <summary>钱在哪里: paste any number, read one sentence, and below it everything that the sentence stands on.</summary>
public sealed class MoneyModel(FindMoney find, IStringLocalizer<Words> words) : PageModel
{
    public string? Search { get; private set; }
    public MoneyFile? Found { get; private set; }
    public WalletFile? Wallet { get; private set; }
    public string Sentence { get; private set; } = "";
    public IReadOnlyList<MoneyMoment> Moments { get; private set; } = [];

    public async Task OnGetAsync(string? q, CancellationToken stop)
    {
        Search = StaffView.Clean(q);
        if (Search is null)
            return;
        var trace = await find.RunAsync(Search, stop);
        (Found, Wallet) = (trace.File, trace.Wallet);
        Moments = Found is null ? [.. trace.Notifications.Select(notification => MoneyTimeline.Heard(notification, words)), .. trace.Bill.Select(line => MoneyTimeline.Billed(line, words))] : MoneyTimeline.Of(Found, words);
        if (Wallet is not null)
            (Moments, Sentence) = (MoneyTimeline.Of(Wallet, words), words.Tell(WalletStory.Of(Wallet)));
        if (Found is not null)
            Sentence = words.Tell(Found.Story);
    }
}
