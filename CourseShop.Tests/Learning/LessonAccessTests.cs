using CourseShop.Learning;

namespace CourseShop.Tests.Learning;

public sealed class LessonAccessTests
{
    [Theory]
    [InlineData(true, true, true, true)]
    [InlineData(true, true, false, true)]
    [InlineData(true, false, false, true)] // what was bought never disappears from its buyer
    [InlineData(false, true, true, true)]
    [InlineData(false, true, false, false)]
    [InlineData(false, false, true, false)]
    public void A_lesson_is_open_to_holders_and_where_it_is_a_free_trial_that_is_shown(bool isEnrolled, bool isShown, bool isFreeTrial, bool isOpen) =>
        Assert.Equal(isOpen, new LessonAccess(1, isEnrolled, isShown, isFreeTrial, null).IsOpen);

    [Fact]
    public void A_hidden_lesson_is_unknown_to_strangers() => Assert.False(new LessonAccess(1, false, false, true, null).IsVisible);
}
