using System.Globalization;
using System.Security.Cryptography;
using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Pricing;
using CourseShop.Wallets;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages;

public sealed class CheckoutModel(CurrentShopper shopper, QuoteCart quoteCart, PlaceOrder placeOrder, ShopDb db, PricingRules rules, IStringLocalizer<Words> words) : PageModel
{
    public ConfirmForm Form { get; private set; } = new();
    public CheckoutView View { get; private set; } = null!;
    public string? CreditsProblem { get; private set; }
    public Money Balance { get; private set; }
    public bool AllowsBoth => rules.AllowCouponWithCredits;

    public Money Worth(int credits) => new(credits * rules.FenPerCredit);

    /// <summary>The best coupon is chosen to begin with.</summary>
    public async Task OnGetAsync(long? course, long? term, CancellationToken stop)
    {
        Form = new() { Course = course, Term = term, Key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) };
        View = await quoteCart.RunAsync(shopper.Id, Form.Selection, new CheckoutChoices(null, 0), stop);
        if (View.Coupons.FirstOrDefault(offer => offer.Obstacle is null) is { } best)
            View = await quoteCart.RunAsync(shopper.Id, Form.Selection, new CheckoutChoices(best.Coupon.Id, 0), stop);
        Balance = await db.WalletEntries.OwnedBy(shopper.Id).SumAsync(stop);
    }

    /// <summary>A choice: everything is priced again, nothing is kept.</summary>
    public async Task<IActionResult> OnPostAsync([Bind(Prefix = "")] ConfirmForm form, CancellationToken stop)
    {
        await ShowAsync(form, form.Choices(rules), stop);
        return Page();
    }

    public async Task<IActionResult> OnPostPlaceAsync([Bind(Prefix = "")] ConfirmForm form, CancellationToken stop)
    {
        var choices = form.Choices(rules);
        if (!ModelState.IsValid || !form.HasKey)
        {
            await ShowAsync(form, choices, stop);
            return Page();
        }

        var placed = await placeOrder.RunAsync(shopper.Id, new(form.Selection, choices, new Money(form.AgreedTotal), form.AgreedLines, form.Key, form.Method), stop);
        if (placed.Refusal is { } why)
        {
            ModelState.AddModelError("", words.Say(why));
            await ShowAsync(form, choices, stop);
            return Page();
        }

        var order = placed.Value!;
        if (order.WasThere)
            TempData["Flash"] = words["这门课程已经在这个待支付的订单里，请先支付或取消它"].Value;
        return Redirect(order.Status == OrderStatus.AwaitingPayment ? $"/orders/{order.Number}/pay" : $"/orders/{order.Number}/result");
    }

    private async Task ShowAsync(ConfirmForm form, CheckoutChoices choices, CancellationToken stop)
    {
        Form = form.HasKey ? form : form with { Key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) };
        View = await quoteCart.RunAsync(shopper.Id, form.Selection, choices, stop);
        Balance = await db.WalletEntries.OwnedBy(shopper.Id).SumAsync(stop);
        if (!form.UseMost && choices.Credits > View.Quote.MostCredits)
            CreditsProblem = words["积分不足，最多可用 {0}", View.Quote.MostCredits];
    }

    /// <summary>What the confirm page's form carries.</summary>
    public sealed record ConfirmForm
    {
        public long? Course { get; init; }
        public long? Term { get; init; }
        public long? Coupon { get; init; }
        public string? Credits { get; init; }
        public bool UseMost { get; init; }
        public long? HadCoupon { get; init; }
        public int HadCredits { get; init; }
        public long AgreedTotal { get; init; }
        public int AgreedLines { get; init; }
        public string Key { get; init; } = "";
        public string? Channel { get; init; }

        public PaymentChannel Method => Channel == nameof(PaymentChannel.Balance) ? PaymentChannel.Balance : PaymentChannel.Alipay;

        public bool HasKey => Key is { Length: 32 } && Key.All(char.IsAsciiHexDigit);

        public CheckoutSelection Selection => new(Course, Term);

        public CheckoutChoices Choices(PricingRules rules)
        {
            var credits = int.TryParse(Credits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
            return new CheckoutChoices(UseMost ? null : Coupon, UseMost ? int.MaxValue : credits).After(new CheckoutChoices(HadCoupon, HadCredits), rules);
        }
    }
}
