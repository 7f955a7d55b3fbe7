using System.Text.Json;
using System.Text.Json.Serialization;
using CourseShop.Catalog;
using CourseShop.Promotions;

namespace CourseShop.Data;

/// <summary>The sample shop as its files tell it.</summary>
internal sealed record SampleFiles(List<SampleCategory> Categories, List<SampleTeacher> Teachers, List<SampleCourse> Courses, SamplePromotions Promotions, List<SampleArticle> Articles, string MediaFolder)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static SampleFiles Read()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Data", "SampleShop");
        return new(
            Read<List<SampleCategory>>(folder, "categories.json"),
            Read<List<SampleTeacher>>(folder, "teachers.json"),
            Directory.EnumerateFiles(Path.Combine(folder, "courses")).Order(StringComparer.Ordinal).Select(file => Read<SampleCourse>(folder, file)).ToList(),
            Read<SamplePromotions>(folder, "promotions.json"),
            Directory.EnumerateFiles(Path.Combine(folder, "articles"), "*.md").Order(StringComparer.Ordinal).Select(SampleArticle.Read).ToList(),
            Path.Combine(folder, "media"));
    }

    private static T Read<T>(string folder, string file) =>
        JsonSerializer.Deserialize<T>(File.ReadAllBytes(Path.Combine(folder, file)), Json) ?? throw new InvalidOperationException($"{file} is empty.");
}

internal sealed record SampleCategory(string Slug, string Name, string Pitch);

internal sealed record SampleTeacher(string Slug, string Name, string Title, string Bio);

internal sealed record SampleTerm(int? Days, long PriceFen);

internal sealed record SampleLesson(string Title, LessonKind Kind, int Seconds, bool FreeTrial, string? Media, string? Text);

internal sealed record SampleChapter(string Title, List<SampleLesson> Lessons);

internal sealed record SampleCourse(
    string Slug, string Title, string Pitch, string Category, string Teacher, CourseLevel Level, int Learners, int PublishedDaysAgo, int MaxCredits,
    List<SampleTerm> Terms, string Description, List<SampleChapter> Chapters);

internal sealed record SampleTier(long ThresholdFen, long OffFen);

internal sealed record SampleCampaign(
    string Name, CampaignKind Kind, int? PercentBasisPoints, long? AmountFen, List<SampleTier>? Tiers, long MinimumPriceFen,
    double StartsDaysFromNow, double EndsDaysFromNow, List<string> Courses);

internal sealed record SampleCoupon(
    string Name, CouponKind Kind, int? PercentBasisPoints, long? AmountFen, long? CapFen, long ThresholdFen, CouponScope Scope, List<string> ScopeSlugs, string Base,
    int? ValidDays, int? ValidForDaysFromNow, int? TotalLimit, int PerUserLimit, bool IsClaimable, string? Code, List<string> GrantTo);

internal sealed record SamplePromotions(List<SampleCampaign> Campaigns, List<SampleCoupon> Coupons);
