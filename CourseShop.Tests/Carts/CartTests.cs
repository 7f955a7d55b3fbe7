using CourseShop.Carts;
using CourseShop.Common;

namespace CourseShop.Tests.Carts;

public sealed class CartTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_course_is_put_in_once_selected_with_the_price_it_had()
    {
        var cart = Cart.OfUser(7);

        Assert.Null(cart.Put(1, 10, Money.Yuan(199), Now).Refusal);

        var item = Assert.Single(cart.Items);
        Assert.Equal((1, 10, Money.Yuan(199), true), (item.CourseId, item.TermId, item.PriceSeen, item.IsSelected));
        Assert.Equal(Now, cart.ChangedAt);
    }

    [Fact]
    public void Putting_it_in_again_only_changes_its_term()
    {
        var cart = Filled(Cart.OfUser(7), 1, 2);

        cart.Put(1, 11, Money.Yuan(99), Now);

        Assert.Equal([1, 2], cart.Items.Select(item => item.CourseId));
        Assert.Equal((11, Money.Yuan(99)), (cart.Items[0].TermId, cart.Items[0].PriceSeen));
    }

    [Fact]
    public void A_full_cart_says_so_but_its_terms_can_still_be_changed()
    {
        var cart = Filled(Cart.OfUser(7), [.. Enumerable.Range(1, Cart.MostItems)]);

        var refusal = cart.Put(999, 1, Money.Yuan(1), Now).Refusal;

        Assert.Equal(("购物车最多放 {0} 门课程，请先结算或移除一些", 50), (refusal?.Key, refusal?.Arguments[0]));
        Assert.Null(cart.Put(1, 77, Money.Yuan(1), Now).Refusal);
        Assert.Equal(Cart.MostItems, cart.Items.Count);
    }

    [Fact]
    public void Rows_are_removed_by_course_and_nothing_else_moves()
    {
        var cart = Filled(Cart.OfUser(7), 1, 2, 3);

        cart.Remove([2, 99], Now);

        Assert.Equal([1, 3], cart.Items.Select(item => item.CourseId));
    }

    [Fact]
    public void Exactly_the_named_rows_are_selected()
    {
        var cart = Filled(Cart.OfUser(7), 1, 2, 3);

        cart.Select([3, 99], Now);

        Assert.Equal([3], cart.Items.Where(item => item.IsSelected).Select(item => item.CourseId));
    }

    [Fact]
    public void A_guests_rows_move_in_and_what_is_in_both_stays_as_the_shopper_had_it()
    {
        var (mine, guest) = (Filled(Cart.OfUser(7), 1, 2), Filled(Cart.OfGuest("k"), 2, 3, 4));
        guest.Put(2, 99, Money.Yuan(5), Now);
        guest.Select([2, 3], Now);

        mine.Adopt(guest, Now);

        Assert.Equal([1, 2, 3, 4], mine.Items.Select(item => item.CourseId));
        Assert.Equal(20, mine.Items[1].TermId);
        Assert.Equal([true, true, true, false], mine.Items.Select(item => item.IsSelected));
    }

    [Fact]
    public void Adopting_twice_changes_nothing_more()
    {
        var (mine, guest) = (Filled(Cart.OfUser(7), 1), Filled(Cart.OfGuest("k"), 2));

        mine.Adopt(guest, Now);
        mine.Adopt(guest, Now);

        Assert.Equal([1, 2], mine.Items.Select(item => item.CourseId));
    }

    [Fact]
    public void Signing_in_loses_nothing_even_where_both_carts_are_full()
    {
        var mine = Filled(Cart.OfUser(7), [.. Enumerable.Range(1, 50)]);
        var guest = Filled(Cart.OfGuest("k"), [.. Enumerable.Range(41, 50)]);

        mine.Adopt(guest, Now);

        Assert.Equal(Enumerable.Range(1, 90).Select(course => (long)course), mine.Items.Select(item => item.CourseId).Order());
        Assert.NotNull(mine.Put(999, 1, Money.Yuan(1), Now).Refusal);
    }

    private static Cart Filled(Cart cart, params int[] courses)
    {
        foreach (var course in courses)
            cart.Put(course, course * 10, Money.Yuan(course), Now.AddMinutes(-5));
        return cart;
    }
}
