using CourseShop.Common;

namespace CourseShop.Catalog;

public enum CourseLevel
{
    /// <summary>入门.</summary>
    Beginner,

    /// <summary>进阶.</summary>
    Intermediate,

    /// <summary>高级.</summary>
    Advanced,
}

/// <summary>课程. What was bought never disappears from its buyer: a course is hidden or withdrawn, not deleted.</summary>
public sealed class Course(string slug, string title, string pitch, CourseLevel level, long categoryId, long teacherId, DateTimeOffset publishedAt)
{
    private readonly List<AccessTerm> _terms = [];
    private readonly List<Chapter> _chapters = [];

    public long Id { get; private set; }
    public string Slug { get; private set; } = slug;
    public string Title { get; private set; } = title;
    public string Pitch { get; private set; } = pitch;

    /// <summary>Markdown.</summary>
    public string Description { get; private set; } = "";
    public string CoverPath { get; private set; } = $"/covers/{slug}.svg";
    public CourseLevel Level { get; private set; } = level;
    public long CategoryId { get; private set; } = categoryId;
    public long TeacherId { get; private set; } = teacherId;
    public int Position { get; private set; }
    public DateTimeOffset PublishedAt { get; private set; } = publishedAt;
    public bool IsHidden { get; private set; }

    /// <summary>Taken off sale for good; its buyers go on learning.</summary>
    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>The most credits this course accepts (积分).</summary>
    public int MaxCredits { get; private set; }
    public int Learners { get; private set; }
    public int LessonCount { get; private set; }
    public int TotalSeconds { get; private set; }
    public int FreeTrialCount { get; private set; }

    /// <summary>The list price of the term a card shows: the permanent one, else the longest.</summary>
    public Money ListPrice { get; private set; }

    public IReadOnlyList<AccessTerm> Terms => _terms;
    public IReadOnlyList<Chapter> Chapters => _chapters;

    /// <summary>The term that a card shows and that a buyer gets who chooses none: the permanent one, else the longest.</summary>
    public AccessTerm? ShownTerm => _terms.Where(term => !term.IsHidden).MaxBy(term => term.Days ?? int.MaxValue);

    public bool IsOnSale => !IsHidden && WithdrawnAt is null;

    public void Describe(string description, int maxCredits, int learners, int position)
    {
        Description = description;
        MaxCredits = maxCredits;
        Learners = learners;
        Position = position;
    }

    public void Offer(IEnumerable<AccessTerm> terms)
    {
        _terms.Clear();
        _terms.AddRange(terms);
        ShowPrice();
    }

    public void Reprice(long termId, Money price)
    {
        _terms.Single(term => term.Id == termId).Reprice(price);
        ShowPrice();
    }

    public void Teach(IEnumerable<Chapter> chapters)
    {
        _chapters.Clear();
        _chapters.AddRange(chapters);
        var lessons = _chapters.SelectMany(chapter => chapter.Lessons).ToList();
        LessonCount = lessons.Count;
        TotalSeconds = lessons.Sum(lesson => lesson.Seconds);
        FreeTrialCount = lessons.Count(lesson => lesson.IsFreeTrial);
    }

    public void Withdraw(DateTimeOffset now) => WithdrawnAt ??= now;

    public void Hide() => IsHidden = true;

    private void ShowPrice() => ListPrice = ShownTerm?.Price ?? Money.Zero;
}
