using CourseShop.Common;

namespace CourseShop.Carts;

/// <summary>购物车: one per shopper, one per guest.</summary>
public sealed class Cart
{
    public const int MostItems = 50;

    private readonly List<CartItem> _items = [];

    private Cart()
    {
    }

    public long Id { get; private set; }
    public long? UserId { get; private set; }

    /// <summary>A guest's cart is known by 128 random bits in a cookie.</summary>
    public string? GuestKey { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }
    public IReadOnlyList<CartItem> Items => _items;

    public static Cart OfUser(long userId) => new() { UserId = userId };

    public static Cart OfGuest(string guestKey) => new() { GuestKey = guestKey };

    /// <summary>Puts a course in; one that is there already only takes the new term. Refused when the cart is full.</summary>
    public Outcome<Done> Put(long courseId, long termId, Money price, DateTimeOffset now)
    {
        if (_items.Find(item => item.CourseId == courseId) is { } existing)
            existing.Choose(termId, price);
        else if (_items.Count >= MostItems)
            return new Refusal("购物车最多放 {0} 门课程，请先结算或移除一些", MostItems);
        else
            _items.Add(new CartItem(courseId, termId, price, now));
        ChangedAt = now;
        return new Done();
    }

    public void Remove(IReadOnlyCollection<long> courseIds, DateTimeOffset now)
    {
        if (_items.RemoveAll(item => courseIds.Contains(item.CourseId)) > 0)
            ChangedAt = now;
    }

    public void Select(IReadOnlyCollection<long> courseIds, DateTimeOffset now)
    {
        foreach (var item in _items)
            item.Select(courseIds.Contains(item.CourseId));
        ChangedAt = now;
    }

    /// <summary>Takes over a guest's rows at sign-in: what is in both stays as the shopper had it. Nothing is lost, even beyond <see cref="MostItems"/>.</summary>
    public void Adopt(Cart guest, DateTimeOffset now)
    {
        foreach (var item in guest._items.Where(theirs => !_items.Exists(mine => mine.CourseId == theirs.CourseId)).ToList())
            _items.Add(item.Copy(now));
        ChangedAt = now;
    }
}

/// <summary>One row of a cart.</summary>
public sealed class CartItem(long courseId, long termId, Money priceSeen, DateTimeOffset addedAt)
{
    public long Id { get; private set; }
    public long CartId { get; private set; }
    public long CourseId { get; private set; } = courseId;
    public long TermId { get; private set; } = termId;
    public bool IsSelected { get; private set; } = true;

    /// <summary>What it cost when it was put in or its term was chosen, so that a change can be told.</summary>
    public Money PriceSeen { get; private set; } = priceSeen;
    public DateTimeOffset AddedAt { get; private set; } = addedAt;

    public void Choose(long termId, Money price)
    {
        TermId = termId;
        PriceSeen = price;
    }

    public void Select(bool isSelected) => IsSelected = isSelected;

    public CartItem Copy(DateTimeOffset now) => new(CourseId, TermId, PriceSeen, now) { IsSelected = IsSelected };
}
