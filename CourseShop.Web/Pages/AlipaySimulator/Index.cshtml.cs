using CourseShop.AlipaySimulator;
using CourseShop.Common;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.AlipaySimulator;

/// <summary>The control page: what happened, and how the simulator is to misbehave.</summary>
[AllowAnonymous, SimulatorOnly]
public sealed class IndexModel(SimulatorStore store, PayTrade payTrade, FinishTrade finishTrade, NotificationSender sender, SimulatorKeys keys, TimeProvider clock, IStringLocalizer<Words> words) : PageModel
{
    private const int Shown = 20;

    [TempData]
    public string? Notice { get; set; }

    public DateTimeOffset Now => clock.GetUtcNow();
    public IReadOnlyList<Trade> Trades => store.LatestTrades(Shown);
    public IReadOnlyList<Transfer> Transfers => store.LatestTransfers(Shown);
    public Money Balance => store.Balance();
    public IReadOnlyList<Notification> Notifications => store.LatestNotifications(Shown);
    public IReadOnlyList<GatewayCall> Calls => store.LatestCalls(Shown);

    /// <summary>The number of the certificate that Alipay signs with at present; null in public key mode.</summary>
    public string? SignerSn => keys.Certificates?.Signer().Sn;

    public SwitchState StateOf(Switch which) => store.StateOf(which);

    public void OnGet()
    {
    }

    public IActionResult OnPostSwitch(Switch which, string mode, int times, int seconds)
    {
        if (!ModelState.IsValid || !Enum.IsDefined(which))
            return BadRequest();

        var left = mode switch { "times" => Math.Clamp(times, 1, 99), "always" => SwitchState.UntilOff, _ => 0 };
        store.Save(new SwitchState(which, left, Math.Clamp(seconds, 0, 600)));
        return Back(left == 0 ? "开关已关" : "开关已开");
    }

    public IActionResult OnPostAllOff()
    {
        store.Atomically(() =>
        {
            foreach (var info in SwitchInfo.All)
                store.Save(store.StateOf(info.Which) with { Left = 0 });
        });
        return Back("所有开关都已关闭");
    }

    public IActionResult OnPostResend(string? notifyId) => Back(sender.Resend(notifyId ?? "").Refusal?.Key ?? "马上重发");

    public IActionResult OnPostPayLate(string? tradeNo) => Back(payTrade.Run(tradeNo ?? "", null, late: true).Refusal?.Key ?? "已付款");

    public IActionResult OnPostPayAgain(string? tradeNo) => Back(payTrade.RunAgain(tradeNo ?? "").Refusal?.Key ?? "已用第二个交易号付款");

    public IActionResult OnPostFinish(string tradeNo) => Back(finishTrade.Run(tradeNo).Refusal?.Key ?? "已过退款期");

    public IActionResult OnPostRotate()
    {
        if (keys.Certificates is not { } certificates)
            return BadRequest();
        certificates.Rotate();
        return Back("支付宝证书已更换");
    }

    private RedirectToPageResult Back(string notice)
    {
        Notice = words[notice];
        return RedirectToPage();
    }
}
